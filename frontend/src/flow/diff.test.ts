import { expect, test } from "vitest";

import { placeNodes, removeNodes, setConfig, setSettings } from "@/flow/commands";
import { diffOf, sizeOf, union } from "@/flow/diff";
import { catalog, scoring } from "@/flow/testing/scoring";

test("a document does not differ from itself, wherever its steps stand", () => {
  const moved = placeNodes(scoring, { points: [40, 400] }).document;
  expect(sizeOf(diffOf(scoring, moved))).toBe(0);
});

test("the order in which a setting is written does not matter", () => {
  const one = setConfig(scoring, catalog, "alert", { to: { a: 1, b: 2 } }).document;
  const other = setConfig(scoring, catalog, "alert", { to: { b: 2, a: 1 } }).document;
  expect(sizeOf(diffOf(one, other))).toBe(0);
});

test("a changed step tells which of its fields changed, from what to what", () => {
  const after = setConfig(scoring, catalog, "points", { attribute: "SCORE", operation: "add", value: 7, note: "x" });
  expect(diffOf(scoring, after.document).steps).toEqual([
    {
      id: "points",
      type: "update_attribute",
      change: "changed",
      fields: [
        { field: "note", before: undefined, after: "x" },
        { field: "value", before: 5, after: 7 },
      ],
    },
  ]);
});

test("a removed step is gone with its lines, and added when looked at the other way round", () => {
  const after = removeNodes(scoring, catalog, ["points"]).document;
  const { steps, ways } = diffOf(scoring, after);
  expect(steps).toEqual([{ id: "points", type: "update_attribute", change: "removed", fields: [] }]);
  expect(ways.filter((way) => way.edge.to === "points").map((way) => way.change)).toContain("removed");
  expect(diffOf(after, scoring).steps[0]?.change).toBe("added");
});

test("a line that leads elsewhere is one that is new and one that is gone", () => {
  const edges = scoring.edges.map((edge) => (edge.to === "assign" ? { ...edge, to: "alert" } : edge));
  const { ways } = diffOf(scoring, { ...scoring, edges });
  expect(ways.map(({ change, edge }) => [change, edge.to])).toEqual([
    ["added", "alert"],
    ["removed", "assign"],
  ]);
});

test("a step of another type under the same name has changed its type", () => {
  const nodes = scoring.nodes.map((node) => (node.id === "alert" ? { ...node, type: "exit" } : node));
  const [change] = diffOf(scoring, { ...scoring, nodes }).steps;
  expect(change?.fields).toContainEqual({ field: "type", before: "send_alert", after: "exit" });
});

test("settings that differ are told", () => {
  const after = setSettings(scoring, { run_key: "order_id" }).document;
  expect(diffOf(scoring, after).settings).toEqual([{ field: "run_key", before: undefined, after: "order_id" }]);
});

test("the picture of both holds what is gone beside what is there", () => {
  const after = removeNodes(scoring, catalog, ["points"]).document;
  const both = union(scoring, after);
  expect(both.nodes.map((node) => node.id).toSorted()).toEqual(scoring.nodes.map((node) => node.id).toSorted());
  expect(both.edges.length).toBeGreaterThan(after.edges.length);
});
