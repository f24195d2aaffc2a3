import { expect, test } from "vitest";

import { firstLook, readComparison, writeComparison } from "./comparison";

test.each(["3", "draft", "1..2", "2..draft", "draft..1"])("%s is read as it was written", (written) => {
  const comparison = readComparison(written);
  expect(comparison && writeComparison(comparison)).toBe(written);
});

test.each([null, "", "x", "0", "1..", "..2", "1..2..3", "-1", "1.5"])("%s shows nothing", (written) => {
  expect(readComparison(written)).toBeNull();
});

test("the draft comes first, beside what is live; without changes the last publication", () => {
  expect(firstLook(3, true)).toEqual({ shown: "draft", with: 3 });
  expect(firstLook(3, false)).toEqual({ shown: 3, with: 2 });
  expect(firstLook(1, false)).toEqual({ shown: 1, with: null });
});
