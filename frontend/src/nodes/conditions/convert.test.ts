import { expect, test } from "vitest";

import type { Json, JsonObject } from "@/flow/document";
import { dice } from "@/flow/testing/scoring";

import { toCondition, toQuery } from "./convert";

const leaves: JsonObject[] = [
  { attribute: "SCORE", op: "gte", value: 20 },
  { attribute: "SCORE", op: "between", value: [1, 2] },
  { attribute: "VIP", op: "eq", value: false },
  { attribute: "COUNTRY", op: "any_of", value: ["France", "Spain"] },
  { attribute: "LANG:UAGE", op: "empty" },
  { field: "email", op: "ends_with", value: "@example.com" },
  { event: "message_kind", op: "eq", value: "campaign" },
  { list: 3, op: "in" },
  { list: null, op: "not_in" },
  { tag: "vip", op: "has_not" },
  { consent: 2, op: "given" },
  { owner: true, op: "eq", value: "rep@example.com" },
  { owner: true, op: "not_empty" },
  { visit: true, op: "open" },
  { company: "country", op: "eq", value: "France" },
  { deals: { status: "open", pipeline: 1, stage: 2 }, op: "gte", value: 1 },
  { deals: {}, op: "eq", value: 0 },
  { events: "email_opened", within: { amount: 30, unit: "days" }, op: "gte", value: 3 },
  { events: "page_visited", within: null, where: { page: "/pricing" }, op: "eq", value: 0 },
  { weather: "sunny", op: "soon" },
  { attribute: "SCORE", op: "gte", value: 20, since: "yesterday" },
  { owner: "someone", op: "eq", value: "x" },
];

function randomCondition(roll: () => number, depth: number): JsonObject {
  const kind = depth > 3 ? 0 : Math.floor(roll() * 5);
  const inner = (): Json[] => Array.from({ length: Math.floor(roll() * 4) }, () => randomCondition(roll, depth + 1));
  if (kind === 2) return { all: inner() };
  if (kind === 3) return { any: inner() };
  if (kind === 4) return { not: randomCondition(roll, depth + 1) };
  return leaves[Math.floor(roll() * leaves.length)] ?? { all: [] };
}

test.each(leaves)("the comparison %j is carried through the builder unchanged", (leaf) => {
  expect(toCondition(toQuery(leaf))).toEqual(leaf);
});

test.each([
  { all: [] },
  { any: [] },
  { not: { all: [] } },
  { not: { not: { any: [] } } },
  { not: { attribute: "A", op: "empty" } },
  { not: { all: [{ attribute: "A", op: "empty" }] } },
  { all: ["odd", 1] },
])("the group %j is carried through the builder unchanged", (group) => {
  expect(toCondition(toQuery(group))).toEqual(group);
});

test("any condition is carried through the builder unchanged", () => {
  const roll = dice(11);
  for (let round = 0; round < 2000; round += 1) {
    const condition = randomCondition(roll, 0);
    expect(toCondition(toQuery(condition))).toEqual(condition);
  }
});

test("a second rule beside a bare one makes a group of them", () => {
  const query = toQuery({ tag: "vip", op: "has" });
  const grown = { ...query, rules: [...query.rules, { field: "tag", operator: "has", value: "hot" }] };
  expect(toCondition(grown)).toEqual({
    all: [
      { tag: "vip", op: "has" },
      { tag: "hot", op: "has" },
    ],
  });
});

test("a rule without a subject is left out until one is chosen", () => {
  const query = { combinator: "and", rules: [{ field: "~", operator: "~", value: "" }] };
  expect(toCondition(query)).toEqual({ all: [] });
});
