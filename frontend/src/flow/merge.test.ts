import { expect, test } from "vitest";

import { connect, insertNode, placeNodes, removeNodes, rename, setConfig, setSettings } from "./commands";
import { edgeAt, nodeById } from "./graph";
import { merge } from "./merge";
import { catalog, scoring as base } from "./testing/scoring";

const points = (value: number, document = base) =>
  setConfig(document, catalog, "points", { ...nodeById(document, "points")?.config, value }).document;
const afterPoints = { from: "points", port: "next", to: "hot" };
const withTag = insertNode(base, catalog, afterPoints, { type: "send_alert", config: {} }, "next")?.document ?? base;

test("what only one of two changed is taken over", () => {
  expect(merge(base, base, points(7), "mine")).toEqual({ document: points(7), clashes: [] });
  expect(merge(base, points(7), base, "theirs").document.nodes).toEqual(points(7).nodes);
});

test("changes of different steps are put together", () => {
  const { document, clashes } = merge(base, points(7), withTag, "mine");
  expect(clashes).toEqual([]);
  expect(nodeById(document, "points")?.config["value"]).toBe(7);
  expect(document.nodes).toHaveLength(base.nodes.length + 1);
  expect(edgeAt(document, afterPoints)?.to).toBe("send_alert");
});

test("different settings of one step are put together, the same one clashes", () => {
  const mine = setConfig(base, catalog, "points", { attribute: "SCORE", operation: "add", value: 7 }).document;
  const theirs = setConfig(base, catalog, "points", { attribute: "SCORE", operation: "set", value: 5 }).document;
  const calm = merge(base, mine, theirs, "mine");
  expect(calm.clashes).toEqual([]);
  expect(nodeById(calm.document, "points")?.config).toMatchObject({ operation: "set", value: 7 });
  for (const [prefer, value] of [["mine", 7], ["theirs", 9]] as const) {
    const both = merge(base, mine, points(9), prefer);
    expect(both.clashes).toEqual([{ kind: "step", id: "points", type: "update_attribute" }]);
    expect(nodeById(both.document, "points")?.config["value"]).toBe(value);
  }
});

test("a step that one removed and the other changed, or led a way to, clashes", () => {
  const without = removeNodes(base, catalog, ["alert"], "clear").document;
  const changed = setConfig(base, catalog, "alert", { title: "Look" }).document;
  expect(merge(base, changed, without, "theirs").clashes).toEqual([{ kind: "step", id: "alert", type: "send_alert" }]);
  expect(nodeById(merge(base, changed, without, "mine").document, "alert")).toBeDefined();
  const led = connect(base, catalog, { from: "hot", port: "no", to: "alert" })?.document ?? base;
  const { document, clashes } = merge(base, led, without, "theirs");
  expect(clashes).toEqual([{ kind: "step", id: "alert", type: "send_alert" }]);
  expect(document.edges.every((edge) => edge.to !== "alert")).toBe(true);
});

test("a way that both lead elsewhere clashes", () => {
  const ways = ["assign", "alert"].map((to) => connect(base, catalog, { from: "hot", port: "no", to })?.document ?? base);
  const [mine = base, theirs = base] = ways;
  const { clashes } = merge(base, mine, theirs, "theirs");
  expect(clashes).toEqual([{ kind: "way", edge: { from: "hot", port: "no", to: "assign" } }]);
});

test("places never clash, settings do by the one", () => {
  const mine = placeNodes(setSettings(base, { re_entry: false }).document, { points: [1, 2] }).document;
  const theirs = placeNodes(setSettings(base, { entry_limit: 5 }).document, { points: [8, 9] }).document;
  const { document, clashes } = merge(base, mine, theirs, "theirs");
  expect(clashes).toEqual([]);
  expect(document.layout["points"]).toEqual([1, 2]);
  expect(document.settings).toMatchObject({ re_entry: false, entry_limit: 5 });
  const named = ["Mine", "Theirs"].map((name) => rename(base, name).document);
  expect(merge(base, named[0] ?? base, named[1] ?? base, "mine").clashes).toEqual([{ kind: "name" }]);
});
