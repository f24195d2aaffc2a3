import { expect, test } from "vitest";

import examples from "../../../../tests/nodes/sms_lengths.json";
import marked from "../../../../tests/nodes/sms_marked.json";
import { asSent, isFilledIn, lengthOf } from "./sms";

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

test.each(marked)("pages of watched websites count as long as the engine says: $what", ({ text, marks }) => {
  const sent = asSent(text, ["shop.example.com", "local.example.org:8080"]);
  expect(sent.length - text.length).toBe(48 * marks);
});

test("what would be cut is not marked", () => {
  const full = `https://shop.example.com ${"x".repeat(1600 - 48 - 24)}`;
  expect(asSent(full, ["shop.example.com"])).toBe(full);
  expect(asSent(full.slice(0, -1), ["shop.example.com"])).toHaveLength(1600);
});
