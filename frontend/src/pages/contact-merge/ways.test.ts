import { expect, test } from "vitest";

import type { MergeField } from "@/api/types";

import { isOpen, together } from "./ways";

const score: MergeField = { name: "SCORE", kind: "number", kept: 10, other: 5, ways: ["kept", "other", "larger", "sum"] };
const format = { number: String, date: (day: string) => `on ${day}` };

test("numbers come to their sum or the larger one", () => {
  expect(together(score, "sum", format)).toBe("15");
  expect(together(score, "larger", format)).toBe("10");
});

test("of dates the later counts, of choices all of both once", () => {
  const born: MergeField = { ...score, kind: "date", kept: "2001-01-01", other: "2002-01-01" };
  expect(together(born, "larger", format)).toBe("on 2002-01-01");
  const likes: MergeField = { ...score, kind: "multiple_choice", kept: ["a", "b"], other: ["b", "c"] };
  expect(together(likes, "both", format)).toBe("a, b, c");
});

test("where one is empty there is nothing to combine", () => {
  expect(together({ ...score, kept: null }, "sum", format)).toBeNull();
});

test("what both say alike is not asked", () => {
  expect(isOpen({ ...score, kind: "text", kept: "Paris", other: "Paris", ways: ["kept", "other"] })).toBe(false);
  expect(isOpen({ ...score, kind: "text", kept: null, other: "Paris", ways: ["other", "kept"] })).toBe(true);
});
