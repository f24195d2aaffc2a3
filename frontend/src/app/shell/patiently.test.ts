import { afterEach, beforeEach, expect, it, vi } from "vitest";

import { patiently } from "./patiently";

beforeEach(() => vi.useFakeTimers());
afterEach(() => vi.useRealTimers());

it("asks again, more and more seldom, until the line is back", async () => {
  const fetchPart = vi.fn().mockRejectedValueOnce(new Error("offline")).mockRejectedValueOnce(new Error("offline")).mockResolvedValue("part");
  const fetched = patiently(fetchPart);
  await vi.advanceTimersByTimeAsync(1_000);
  expect(fetchPart).toHaveBeenCalledTimes(2);
  await vi.advanceTimersByTimeAsync(1_000);
  expect(fetchPart).toHaveBeenCalledTimes(2);
  await vi.advanceTimersByTimeAsync(1_000);
  await expect(fetched).resolves.toBe("part");
});
