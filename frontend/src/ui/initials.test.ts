import { expect, test } from "vitest";

import { initials } from "./initials";

test("a person is known by first and last letter, an address by its first", () => {
  expect(["Maria Luisa Ruiz", "Анна Ким", "rep@example.com", ""].map(initials)).toEqual(["MR", "АК", "R", ""]);
});
