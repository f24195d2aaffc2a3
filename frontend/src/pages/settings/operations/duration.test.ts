import { expect, test } from "vitest";

import { duration } from "./duration";

test("a duration is told in the largest unit that fits", () => {
  const told = [0, 0.0004, 0.012, 1.26, 45.4, 90, 7200, 180_000].map((seconds) => duration(seconds, "en"));
  expect(told).toEqual(["0 sec", "0 sec", "12 ms", "1.3 sec", "45 sec", "1.5 min", "2 hr", "2.1 days"]);
});
