import { expect, test } from "vitest";

import { changesBetween } from "./changes";

test("only what differs is added and removed", () => {
  expect(changesBetween([1, 2], [2, 3])).toEqual({ added: [3], removed: [1] });
});
