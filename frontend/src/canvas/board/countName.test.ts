import { expect, test } from "vitest";

import { formatsFor } from "@/ui/format";

import { countName } from "./countName";

test.each([
  ["en", "1.2K: 1,234 went on"],
  ["fr", "1.2K\u00A0: 1,234 went on"],
] as const)("%s: what is seen stands before the words, with the colon as the language writes it", (language, name) => {
  expect(countName(formatsFor(language), "1.2K", "1,234 went on")).toBe(name);
});

test("what the words hold already is not said twice", () => {
  expect(countName(formatsFor("en"), "12", "12 went on")).toBe("12 went on");
});
