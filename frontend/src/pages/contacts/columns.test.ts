import { expect, test } from "vitest";

import { defaultColumns, inColumnOrder, toggled } from "./columns";

test("the score leads the default columns, and attributes that do not exist are left out", () => {
  expect(defaultColumns([{ name: "SCORE", kind: "number", options: [] }])).toEqual([
    "attribute:SCORE",
    "owner",
    "company",
    "tags",
    "created_at",
  ]);
});

test("the score is the first attribute, and the others keep their order", () => {
  const attributes = ["BIRTHDAY", "COUNTRY", "SCORE"].map((name) => ({ name, kind: "text" as const, options: [] }));
  expect(inColumnOrder(attributes).map(({ name }) => name)).toEqual(["SCORE", "COUNTRY", "BIRTHDAY"]);
});

test("switching a column on keeps the order of all columns", () => {
  expect(toggled(["a", "b", "c"], ["c", "a"], "b")).toEqual(["a", "b", "c"]);
});

test("switching a column off leaves the others", () => {
  expect(toggled(["a", "b", "c"], ["a", "b"], "a")).toEqual(["b"]);
});
