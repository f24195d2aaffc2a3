import { expect, test } from "vitest";

import { faultsOf, firstMatching, newTargets, usedTwice } from "./matching";

const column = (index: number, guess: { attribute?: string; field?: string } | null) => ({
  index,
  header: `column ${index}`,
  samples: [],
  guess,
  suggestion: { name: `COLUMN_${index}`, kind: "text" as const },
});

test("guessed columns start matched, unknown ones start skipped", () => {
  const columns = [column(0, { field: "email" }), column(1, { attribute: "SCORE" }), column(2, null)];
  expect(firstMatching(columns)).toEqual({ 0: "email", 1: "attribute:SCORE", 2: "skip" });
});

test("an import needs a column that says who the contact is", () => {
  expect(faultsOf({ 0: "attribute:SCORE" })).toEqual(["noIdentifier"]);
});

test("two columns cannot go to the same place, not even as one old and one new attribute of one type", () => {
  expect(usedTwice({ 0: "email", 1: "email", 2: "new:A:text", 3: "new:A:number", 4: "skip", 5: "skip" })).toEqual(
    new Set(["email", "new:A"]),
  );
});

test("a new attribute of the type that the values look like is offered first", () => {
  const targets = newTargets({ name: "POINTS", kind: "number" }).map(({ target }) => target);
  expect(targets).toEqual(["new:POINTS:number", "new:POINTS:text", "new:POINTS:date", "new:POINTS:boolean"]);
});
