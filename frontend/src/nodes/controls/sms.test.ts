import { expect, test } from "vitest";

import examples from "../../../../tests/nodes/sms_lengths.json";
import { isFilledIn, lengthOf } from "./sms";

test.each(examples)("a text takes as many parts as the engine says: $what", ({ letter, times, then = "", ...expected }) => {
  const { encoding, units, parts } = lengthOf(letter.repeat(times) + then);
  expect({ encoding, units, parts }).toEqual({ encoding: expected.encoding, units: expected.units, parts: expected.parts });
});

test("what still fits is told", () => {
  expect(lengthOf("a".repeat(150)).left).toBe(10);
  expect(lengthOf("a".repeat(161)).left).toBe(145);
});

test("a text with places is of no certain length", () => {
  expect(isFilledIn("Hello {{ contact.FIRSTNAME }}")).toBe(true);
  expect(isFilledIn("Hello {you}")).toBe(false);
});
