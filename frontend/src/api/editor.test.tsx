import { QueryClient, QueryClientProvider } from "@tanstack/react-query";
import { act, renderHook } from "@testing-library/react";
import { afterEach, beforeEach, expect, test, vi } from "vitest";

import { api } from "./client";
import { useFreshStats, useStats } from "./editor";
import { stream } from "./stream";

beforeEach(() => vi.useFakeTimers());
afterEach(() => {
  vi.useRealTimers();
  vi.restoreAllMocks();
});

test("however many batches the engine stores, the counts are asked for once a second", async () => {
  let tell: (data: never) => void = () => undefined;
  vi.spyOn(stream, "on").mockImplementation((_kind, listener) => {
    tell = listener;
    return () => true;
  });
  const asked = vi.spyOn(api, "GET").mockResolvedValue({ data: {}, response: new Response() } as never);
  const useShown = () => {
    useFreshStats(7);
    return useStats(7, true);
  };
  renderHook(useShown, {
    wrapper: ({ children }) => <QueryClientProvider client={new QueryClient()}>{children}</QueryClientProvider>,
  });
  const stats = { automation_id: 7 } as never;
  for (let batch = 0; batch < 40; batch += 1) {
    tell(stats);
    await act(() => vi.advanceTimersByTimeAsync(50));
  }
  expect(asked.mock.calls.length).toBeGreaterThan(1);
  expect(asked.mock.calls.length).toBeLessThan(6);
});
