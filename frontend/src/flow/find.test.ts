import { expect, test } from "vitest";

import { findSteps } from "./find";

const names = { list: new Map([[7, "Newsletter"]]) };
const nodes = [
  { id: "opened", type: "email_opened", config: { contact_filter: { all: [{ list: 7, op: "in" }] } } },
  { id: "points", type: "update_attribute", config: { attribute: "SCORE", value: 7 } },
  { id: "note", type: "add_note", config: { text: "Seven scores" } },
];
const found = (text: string) => findSteps(nodes, text, ({ type }) => [type.replaceAll("_", " ")], names).map(({ node }) => node);

test("steps are found by type, attribute, text, and the names of what they refer to", () => {
  expect(found("Email")).toEqual(["opened"]);
  expect(found("score")).toEqual(["points", "note"]);
  expect(found("newsl")).toEqual(["opened"]);
});

test("nothing is found by nothing, or by the number of another thing", () => {
  expect(found("  ")).toEqual([]);
  expect(found("7")).toEqual([]);
});

test("what was found is told in its own words", () => {
  expect(findSteps(nodes, "seven", () => [], names)).toEqual([{ node: "note", words: "Seven scores" }]);
});
