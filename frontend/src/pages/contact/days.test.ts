import { expect, test } from "vitest";

import { byDay } from "./days";

test("a timeline is grouped by day without changing its order", () => {
  const items = ["2026-11-22T12:00:00Z", "2026-11-22T11:00:00Z", "2026-11-20T12:00:00Z"].map((at) => ({ at }));
  expect(byDay(items).map(({ day, items: held }) => [day, held.length])).toEqual([
    ["2026-11-22", 2],
    ["2026-11-20", 1],
  ]);
});
