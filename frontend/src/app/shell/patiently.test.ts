import { notifications, notificationsStore } from "@mantine/notifications";
import { afterEach, beforeEach, expect, it, vi } from "vitest";

import { patiently } from "./patiently";

const asked = vi.fn();
beforeEach(() => {
  vi.useFakeTimers();
  vi.stubGlobal("fetch", asked);
});
afterEach(() => {
  notifications.clean();
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

it("tells once that parts broke off on their way, and leaves the rest of the screen as it is", async () => {
  asked.mockResolvedValue(new Response());
  const breakOff = () => Promise.reject(new TypeError("Failed to fetch dynamically imported module"));
  const settled = vi.fn();
  for (let part = 0; part < 2; part += 1) patiently(breakOff).then(settled, settled);
  await vi.advanceTimersByTimeAsync(60_000);
  expect(settled).not.toHaveBeenCalled();
  expect(notificationsStore.getState().notifications).toMatchObject([{ id: "shell-broken", autoClose: false }]);
});
