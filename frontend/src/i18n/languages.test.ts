import { expect, test } from "vitest";

import { isLanguage } from "./languages";

test("only the three languages we ship are accepted", () => {
  expect(["en", "fr", "ru", "de", ""].filter(isLanguage)).toEqual(["en", "fr", "ru"]);
});
