import { expect, it } from "vitest";

import { scoring } from "./testing/scoring";
import { withHeadings } from "./told";

const line = (depth: number, node: string | null, text = "") => ({ depth, node, text });
const grouped = (nodes: string[]) => ({ ...scoring, groups: [{ id: "warm", name: "Warm-up", nodes, collapsed: true }] });

const lines = [
  line(0, "opened"),
  line(0, "points"),
  line(0, "hot"),
  line(1, null, "if"),
  line(2, "assign"),
  line(2, "alert"),
  line(2, null, "ends"),
  line(1, null, "else"),
  line(2, "points", "go on"),
];
const parts = (nodes: string[]) => withHeadings(lines, grouped(nodes)).map(({ part, node, text }) => `${part} ${node ?? text}`);

it("heads a group's first line with its name, and keeps its branches in it and what they lead to out of it", () => {
  expect(parts(["points", "hot"])).toEqual([
    "outside opened",
    "heading Warm-up",
    "inside points",
    "inside hot",
    "inside if",
    "outside assign",
    "outside alert",
    "outside ends",
    "inside else",
    "inside points",
  ]);
});

it("heads a group within a branch as far in as its steps", () => {
  const told = withHeadings(lines, grouped(["assign", "alert"]));
  expect(told.filter(({ part }) => part !== "outside").map(({ depth, part }) => [depth, part])).toEqual([
    [2, "heading"],
    [2, "inside"],
    [2, "inside"],
    [2, "inside"],
  ]);
  expect(withHeadings(lines, scoring).every(({ part }) => part === "outside")).toBe(true);
});
