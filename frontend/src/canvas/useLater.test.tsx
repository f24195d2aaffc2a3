import { onlineManager, QueryClient, QueryClientProvider } from "@tanstack/react-query";
import { act, renderHook, waitFor } from "@testing-library/react";
import type { ReactNode } from "react";
import { afterEach, beforeEach, expect, test, vi } from "vitest";

import { useLater } from "./useLater";

const code = { part: "panels" };
const fetched = vi.fn();
beforeEach(() => vi.stubGlobal("fetch", fetched));
afterEach(() => {
  onlineManager.setOnline(true);
  vi.useRealTimers();
  vi.unstubAllGlobals();
});

function show(load: () => Promise<object>) {
  const client = new QueryClient();
  const wrapper = ({ children }: { children: ReactNode }) => (
    <QueryClientProvider client={client}>{children}</QueryClientProvider>
  );
  return renderHook(() => useLater("panels", load), { wrapper });
}

/** What follows from a change is drawn before the next second begins. */
async function pass(seconds: number): Promise<void> {
  for (let each = 0; each < seconds; each += 1) await act(async () => void (await vi.advanceTimersByTimeAsync(1000)));
}

test("it comes where the browser believes that there is no network, too", async () => {
  onlineManager.setOnline(false);
  fetched.mockResolvedValue(new Response());
  const { result } = show(() => Promise.resolve(code));
  await waitFor(() => expect(result.current).toEqual({ loaded: code, trouble: null }));
});

test("while the server cannot be reached it is waited for, however long that takes", async () => {
  vi.useFakeTimers();
  fetched.mockRejectedValue(new TypeError("Failed to fetch"));
  const load = vi.fn(() => Promise.resolve(code));
  const { result } = show(load);
  await pass(60);
  expect(result.current).toEqual({ loaded: null, trouble: "away" });
  expect(load).not.toHaveBeenCalled();
  fetched.mockResolvedValue(new Response());
  await pass(10);
  expect(result.current).toEqual({ loaded: code, trouble: null });
});

test("what breaks off on its way is not asked for again, and the screen stays", async () => {
  vi.useFakeTimers();
  fetched.mockResolvedValue(new Response());
  const load = vi.fn(() => Promise.reject<object>(new TypeError("Failed to fetch dynamically imported module")));
  const { result } = show(load);
  await pass(60);
  expect(result.current).toEqual({ loaded: null, trouble: "broken" });
  expect(load).toHaveBeenCalledTimes(1);
});
