import { afterEach, beforeEach, expect, test, vi } from "vitest";

import { serverAnswers } from "./health";

const fetched = vi.fn();
beforeEach(() => vi.stubGlobal("fetch", fetched));
afterEach(() => {
  vi.restoreAllMocks();
  vi.unstubAllGlobals();
});

test.each([
  [200, true],
  [404, true], // by a proxy that keeps it to itself
  [502, false],
  [503, false],
])("an answer with %d: %s", async (status, answers) => {
  fetched.mockResolvedValue(new Response(null, { status }));
  expect(await serverAnswers()).toBe(answers);
});

test("who hears nothing for long is told no, and the next who asks is asked for anew", async () => {
  const limit = new AbortController();
  vi.spyOn(AbortSignal, "timeout").mockReturnValueOnce(limit.signal);
  fetched.mockImplementationOnce(
    (_url: string, { signal }: { signal: AbortSignal }) =>
      new Promise((_answer, refuse) => signal.addEventListener("abort", () => refuse(new Error("too late")))),
  );
  const told = serverAnswers();
  expect(serverAnswers()).toBe(told);
  limit.abort();
  expect(await told).toBe(false);
  fetched.mockResolvedValue(new Response());
  expect(await serverAnswers()).toBe(true);
  expect(fetched).toHaveBeenCalledTimes(2);
});
