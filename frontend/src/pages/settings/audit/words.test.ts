import { expect, test } from "vitest";

import { detailWords, verbOf } from "./words";

test("an action is known by its last word", () => {
  expect(["user.created", "created"].map(verbOf)).toEqual(["created", "created"]);
});

test("details are told without empty and nested ones", () => {
  expect(detailWords({ name: "SCORE", changed: ["a", "b"], more: { x: 1 }, none: null })).toBe("name: SCORE · changed: a, b");
});
