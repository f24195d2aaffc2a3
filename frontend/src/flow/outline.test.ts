import { expect, test } from "vitest";

import { connect } from "./commands";
import { outlineOf, rowKey } from "./outline";
import { catalog, scoring } from "./testing/scoring";

const lines = (document = scoring) =>
  outlineOf(document, catalog).map((row) => {
    const what = row.kind === "branch" ? row.label : row.kind === "open" ? "…" : row.id;
    return `${"  ".repeat(row.depth)}${row.kind === "again" ? "→ " : ""}${what}`;
  });

test("the outline reads from the triggers on, one level deeper for each branch", () => {
  expect(lines()).toEqual([
    "opened",
    "points",
    "hot",
    "yes",
    "  assign",
    "  alert",
    "  …",
    "no",
    "  …",
    "pushed",
    "→ points",
  ]);
});

test("a step where branches meet is told once, and then only named", () => {
  const met = connect(scoring, catalog, { from: "hot", port: "no", to: "alert" })?.document;
  expect(lines(met).slice(-4)).toEqual(["no", "  → alert", "pushed", "→ points"]);
});

test("no step is left out, not even in a circle that nothing leads into", () => {
  const circle = {
    ...scoring,
    edges: [
      { from: "points", port: "next", to: "hot" },
      { from: "hot", port: "yes", to: "points" },
    ],
  };
  const told = outlineOf(circle, catalog).flatMap((row) => (row.kind === "step" ? [row.id] : []));
  expect(told.toSorted()).toEqual(scoring.nodes.map((node) => node.id).toSorted());
});

test("every row has a name of its own", () => {
  const keys = outlineOf(scoring, catalog).map(rowKey);
  expect(new Set(keys).size).toBe(keys.length);
});
