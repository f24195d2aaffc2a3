import { expect, test } from "vitest";

import { attributeName, faultsOf, firstMatching, usedTwice } from "./matching";

const column = (index: number, guess: { attribute?: string; field?: string } | null) => ({
  index,
  header: `column ${index}`,
  samples: [],
  guess,
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

test("a column's head becomes a proper attribute name", () => {
  expect(["Lead score (2026)", "Prénom", "Город", "***"].map(attributeName)).toEqual([
    "LEAD_SCORE_2026",
    "PRENOM",
    "ГОРОД",
    "COLUMN",
  ]);
});
