import { expect, test } from "vitest";

import { portsOf } from "@/flow/catalog";
import { mayStand, refusalOf } from "@/flow/legality";
import { edgeAt } from "@/flow/graph";
import { catalog, dice, scoring, waiting } from "@/flow/testing/scoring";
import type { AutomationDocument } from "@/flow/document";

import * as commands from ".";

const hot = { from: "points", port: "next", to: "hot" };

test("a step dropped on free canvas stands where it was dropped and is connected to nothing", () => {
  const { document, touched } = commands.addNode(scoring, waiting, [40, 80]);
  expect(touched).toEqual(["send_alert"]);
  expect(document.layout["send_alert"]).toEqual([40, 80]);
  expect(document.edges).toEqual(scoring.edges);
});

test("ids are readable and never taken twice", () => {
  const once = commands.addNode(scoring, waiting).document;
  expect(commands.addNode(once, waiting).touched).toEqual(["send_alert_2"]);
});

test("a step put into an edge stands between its two ends", () => {
  const edit = commands.insertNode(scoring, catalog, hot, waiting, "next");
  expect(edgeAt(edit?.document ?? scoring, hot)?.to).toBe("send_alert");
  expect(edit?.document.edges).toContainEqual({ from: "send_alert", port: "next", to: "hot" });
});

test("a split put into an edge hands the rest to the branch asked for", () => {
  const split = { type: "conditional_split", config: {} };
  const edit = commands.insertNode(scoring, catalog, hot, split, "no");
  expect(edgeAt(edit?.document ?? scoring, { from: "conditional_split", port: "no" })?.to).toBe("hot");
  expect(edgeAt(edit?.document ?? scoring, { from: "conditional_split", port: "yes" })).toBeUndefined();
});

test("a trigger cannot be put into an edge or at an open end", () => {
  const trigger = { type: "email_opened", config: {} };
  expect(commands.insertNode(scoring, catalog, hot, trigger, "next")).toBeNull();
  expect(commands.appendNode(scoring, catalog, { from: "hot", port: "no" }, trigger)).toBeNull();
});

test("placed steps below make room for a step put above them", () => {
  const placed = commands.placeNodes(scoring, { points: [0, 200], hot: [0, 390], assign: [0, 580] }).document;
  const layout = commands.insertNode(placed, catalog, hot, waiting, "next")?.document.layout;
  expect(layout?.["points"]).toEqual([0, 200]);
  expect(layout?.["hot"]?.[1]).toBeGreaterThan(500);
  expect((layout?.["assign"]?.[1] ?? 0) - (layout?.["hot"]?.[1] ?? 0)).toBe(190);
});

test.each([
  [{ from: "alert", port: "next", to: "points" }, "cycle"],
  [{ from: "alert", port: "next", to: "alert" }, "self"],
  [{ from: "alert", port: "next", to: "opened" }, "trigger"],
  [{ from: "hot", port: "yes", to: "alert" }, "taken"],
  [{ from: "hot", port: "maybe", to: "alert" }, "no_port"],
  [{ from: "hot", port: "no", to: "gone" }, "missing"],
])("connection %j is refused as %s", (edge, reason) => {
  expect(refusalOf(scoring, catalog, edge)).toBe(reason);
  expect(commands.connect(scoring, catalog, edge)).toBeNull();
});

test("what has no input stands nowhere, what has no way out only at an end", () => {
  expect(mayStand(catalog.get("email_opened"), "end")).toBe(false);
  expect(mayStand(catalog.get("exit"), "end")).toBe(true);
  expect(mayStand(catalog.get("exit"), "edge")).toBe(false);
  expect(mayStand(catalog.get("send_alert"), "edge")).toBe(true);
});

test("two ways may lead into one step", () => {
  expect(commands.connect(scoring, catalog, { from: "hot", port: "no", to: "alert" })?.document.edges).toHaveLength(6);
});

test("an edge's end can be led elsewhere, and its start to another port", () => {
  const old = { from: "hot", port: "yes", to: "assign" };
  const led = commands.reroute(scoring, catalog, old, { ...old, to: "alert" })?.document;
  expect(edgeAt(led ?? scoring, old)?.to).toBe("alert");
  const moved = commands.reroute(scoring, catalog, old, { ...old, port: "no" })?.document;
  expect(edgeAt(moved ?? scoring, { from: "hot", port: "no" })?.to).toBe("assign");
});

test("removing a step joins what stood before and after it", () => {
  const { document } = commands.removeNodes(scoring, catalog, ["points"]);
  expect(document.edges.filter((edge) => edge.to === "hot").map((edge) => edge.from)).toEqual(["opened", "pushed"]);
});

test("removing a split with one branch in use joins it; asked to, also the first of several", () => {
  const both = commands.connect(scoring, catalog, { from: "hot", port: "no", to: "alert" })?.document ?? scoring;
  expect(edgeAt(commands.removeNodes(scoring, catalog, ["hot"]).document, hot)?.to).toBe("assign");
  expect(edgeAt(commands.removeNodes(both, catalog, ["hot"]).document, hot)).toBeUndefined();
  expect(edgeAt(commands.removeNodes(both, catalog, ["hot"], "first").document, hot)?.to).toBe("assign");
});

test("what would lose its way in is named before removing", () => {
  const both = commands.connect(scoring, catalog, { from: "hot", port: "no", to: "alert" })?.document ?? scoring;
  expect(commands.cutOff(both, catalog, ["hot"], "clear")).toEqual(["assign", "alert"]);
  expect(commands.cutOff(both, catalog, ["alert"], "clear")).toEqual([]);
});

test("contacts miss what is removed behind them, and what only that led to, but nothing on other ways", () => {
  const missed = (ids: string[], crowded: string[]) => commands.missedFrom(scoring, catalog, ids, "none", crowded);
  expect(missed(["assign", "alert"], ["assign"])).toEqual(["alert"]);
  expect(missed(["points", "assign"], ["points"])).toEqual(["hot", "assign", "alert"]);
  expect(missed(["points", "alert"], ["alert"])).toEqual([]);
});

test("removing a step behind a split leads its way on, and tells nothing of the other", () => {
  const nodes = [...scoring.nodes, { id: "bye", type: "exit", config: {} }];
  const edges = [...scoring.edges, { from: "hot", port: "no", to: "bye" }];
  const split = { ...scoring, nodes, edges };
  expect(commands.ledTo(split, catalog, ["assign"], "clear")).toEqual(["alert"]);
  expect(commands.ledTo(split, catalog, ["assign", "alert"], "clear")).toEqual([]);
  expect(commands.ledTo(split, catalog, ["points"], "clear")).toEqual(["hot"]);
});

test("copied steps are readable text and come back with new ids and the edges among them", () => {
  const text = commands.fragmentText(commands.fragmentOf(scoring, catalog, ["points", "hot"]));
  const fragment = commands.parseFragment(text);
  const { document, touched } = commands.paste(scoring, catalog, fragment ?? { nodes: [], edges: [], layout: {} }, [900, 0]);
  expect(text).toContain('"attribute": "SCORE"');
  expect(touched).toEqual(["update_attribute", "conditional_split"]);
  expect(document.edges).toContainEqual({ from: "update_attribute", port: "next", to: "conditional_split" });
  expect(document.layout["update_attribute"]).toEqual([900, 0]);
});

test.each(["", "hello", "[]", '{"format":"cadenza.steps/1","nodes":[{"id":1}]}', '{"nodes":[]}'])(
  "clipboard text %j is not taken for steps",
  (text) => {
    expect(commands.parseFragment(text)).toBeNull();
  },
);

test("a whole automation can be pasted too", () => {
  expect(commands.parseFragment(JSON.stringify(scoring))?.nodes).toHaveLength(6);
});

test("settings can be patched and a key removed", () => {
  const { settings } = commands.setSettings(scoring, { re_entry: true, time_zone: undefined }).document;
  expect(settings).toEqual({ re_entry: true, exit_conditions: [] });
});

test("no sequence of commands ever makes a circle, a double exit or an edge to nowhere", () => {
  for (let seed = 1; seed <= 40; seed += 1) {
    const roll = dice(seed);
    let document: AutomationDocument = scoring;
    for (let step = 0; step < 40; step += 1) {
      document = randomEdit(document, roll)?.document ?? document;
    }
    expect(faults(document)).toEqual([]);
  }
});

function randomEdit(document: AutomationDocument, roll: () => number): commands.Edit | null {
  const pick = <T,>(from: readonly T[]): T | undefined => from[Math.floor(roll() * from.length)];
  const type = pick([...catalog.keys()]) ?? "exit";
  const one = pick(document.nodes);
  const other = pick(document.nodes);
  const edge = pick(document.edges);
  const port = pick(one ? portsOf(one, document, catalog) : [])?.key ?? "next";
  const wanted = { from: one?.id ?? "", port, to: other?.id ?? "" };
  const rest = pick(portsOf({ id: "", type, config: {} }, document, catalog))?.key ?? null;
  const branches = ["a", "b", "c"].filter(() => roll() < 0.6).map((id) => ({ id, name: id }));
  const edits = [
    () => commands.addNode(document, { type, config: {} }),
    () => commands.appendNode(document, catalog, wanted, { type, config: {} }),
    () => edge && commands.insertNode(document, catalog, edge, { type, config: {} }, rest),
    () => commands.connect(document, catalog, wanted),
    () => edge && commands.reroute(document, catalog, edge, wanted),
    () => commands.removeNodes(document, catalog, [wanted.from], pick(["clear", "first", "none"] as const)),
    () => commands.duplicate(document, catalog, [wanted.from, wanted.to]),
    () => commands.setConfig(document, catalog, wanted.from, { branches, control: Math.floor(roll() * 2) }),
  ];
  return pick(edits)?.() ?? null;
}

function faults(document: AutomationDocument): string[] {
  return document.edges
    .map((edge) => ({ edge, refusal: refusalOf(document, catalog, edge, edge) }))
    .filter(({ refusal }) => refusal !== null)
    .map(({ edge, refusal }) => `${JSON.stringify(edge)}: ${String(refusal)}`);
}
