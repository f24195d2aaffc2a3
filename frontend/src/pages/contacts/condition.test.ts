import { expect, test } from "vitest";

import { countLeaves, everybody } from "./condition";
import { parseCondition } from "./useAddress";

test("a condition is counted by its comparisons, through groups and negations", () => {
  const score = { attribute: "SCORE", op: "gte", value: 20 };
  const condition = { all: [score, { any: [score, { not: score }] }] };
  expect(countLeaves(condition)).toBe(3);
});

test("everybody has no comparison", () => {
  expect(countLeaves(everybody)).toBe(0);
});

test("an address with a broken condition shows everybody", () => {
  expect(["{", "[1]", "3", null].map(parseCondition)).toEqual([null, null, null, null]);
});
