import { afterEach, beforeEach, expect, it, vi } from "vitest";

import { patiently } from "./patiently";

const asked = vi.fn();
beforeEach(() => {
  vi.useFakeTimers();
  vi.stubGlobal("fetch", asked);
});
afterEach(() => {
  vi.useRealTimers();
  vi.unstubAllGlobals();
});

it("asks for the server, more and more seldom, and imports once that is back", async () => {
  asked.mockRejectedValueOnce(new TypeError("offline")).mockRejectedValueOnce(new TypeError("offline"));
  asked.mockResolvedValue(new Response());
  const importPart = vi.fn().mockResolvedValue("part");
  const imported = patiently(importPart);
  await vi.advanceTimersByTimeAsync(1_000);
  expect(asked).toHaveBeenCalledTimes(2);
  await vi.advanceTimersByTimeAsync(1_000);
  expect(asked).toHaveBeenCalledTimes(2);
  expect(importPart).not.toHaveBeenCalled();
  await vi.advanceTimersByTimeAsync(1_000);
  await expect(imported).resolves.toBe("part");
});
