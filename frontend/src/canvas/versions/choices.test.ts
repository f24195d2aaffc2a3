import { expect, test } from "vitest";

import type { PlaceInside } from "@/api/types";
import { scoring } from "@/flow/testing/scoring";

import { areWhole, choiceAt, chosen, doneAhead, everybodyStays, sent, stay } from "./choices";

const ahead = { first: null, last: null, node: null, words: null };
const place: PlaceInside = {
  version: 2,
  node: "points",
  words: "Add 5 to SCORE",
  contacts: 3,
  since: "2026-11-20T10:00:00Z",
  latest: "2026-11-21T10:00:00Z",
  before: ahead,
  fit: "same",
  to: "points",
  after: ahead,
  done: ["hot", "assign"],
};
const move = { ...stay, way: "move" } as const;

test("a place does as everybody until it has a choice of its own", () => {
  const everybody = chosen(everybodyStays, null, move);
  expect(choiceAt(everybody, place).way).toBe("move");
  const own = chosen(everybody, place, { ...stay, way: "leave" });
  expect(choiceAt(own, place).way).toBe("leave");
  expect(choiceAt(chosen(own, place, null), place).way).toBe("move");
});

test("a new choice for everybody forgets those for places", () => {
  const own = chosen(everybodyStays, place, move);
  expect(chosen(own, null, stay)).toEqual(everybodyStays);
});

test("whoever is to go must be told where", () => {
  expect(areWhole(chosen(everybodyStays, place, { ...stay, way: "go" }))).toBe(false);
  expect(areWhole(chosen(everybodyStays, place, { ...stay, way: "go", to: "hot" }))).toBe(true);
});

test("what was done matters only where it comes again", () => {
  expect(doneAhead(place, stay, scoring)).toEqual([]);
  expect(doneAhead(place, move, scoring)).toEqual(["hot", "assign"]);
  expect(doneAhead(place, { ...stay, way: "go", to: "hot" }, scoring)).toEqual(["assign"]);
});

test("the server is told version and step of each place", () => {
  expect(sent(chosen(everybodyStays, place, move)).places).toEqual([{ ...move, version: 2, node: "points" }]);
});
