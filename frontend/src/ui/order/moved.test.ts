import { expect, test } from "vitest";

import { moved } from "./moved";

test("an item moves up and down, and not out of the list", () => {
  const stages = ["a", "b", "c"];
  expect(moved(stages, 2, 0)).toEqual(["c", "a", "b"]);
  expect(moved(stages, 0, 1)).toEqual(["b", "a", "c"]);
  expect(moved(stages, 0, -1)).toEqual(stages);
});
