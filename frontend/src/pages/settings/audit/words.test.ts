import { expect, test } from "vitest";

import { formatsFor } from "@/ui/format";

import { detailWords, verbOf } from "./words";

test("an action is known by its last word", () => {
  expect(["user.created", "created"].map(verbOf)).toEqual(["created", "created"]);
});

test.each([
  ["en", "name: SCORE · changed: a, b"],
  ["fr", "name\u00A0: SCORE · changed\u00A0: a, b"],
] as const)("%s: details are told without empty and nested ones", (language, told) => {
  const detail = { name: "SCORE", changed: ["a", "b"], more: { x: 1 }, none: null };
  expect(detailWords(detail, formatsFor(language))).toBe(told);
});
