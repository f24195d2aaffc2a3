import { QueryClient, QueryClientProvider } from "@tanstack/react-query";
import { act, renderHook, waitFor } from "@testing-library/react";
import { afterEach, expect, test, vi } from "vitest";

import { api } from "./client";
import { Problem } from "./problem";
import { stream } from "./stream";
import { useChangeComment, useComments } from "./together";

afterEach(() => vi.restoreAllMocks());

const answer = (items: readonly object[]) => ({ data: { items }, response: new Response() }) as never;
const note = { id: 1, x: 10, y: 10 };

test("a refused move loses no comment that somebody else wrote meanwhile", async () => {
  let tell: (data: never) => void = () => undefined;
  vi.spyOn(stream, "on").mockImplementation((_kind, listener) => {
    tell = listener;
    return () => true;
  });
  const asked = vi.spyOn(api, "GET").mockResolvedValue(answer([note]));
  vi.spyOn(api, "PATCH").mockRejectedValue(new Problem(403));
  const { result } = renderHook(() => ({ comments: useComments(7), change: useChangeComment(7) }), {
    wrapper: ({ children }) => <QueryClientProvider client={new QueryClient()}>{children}</QueryClientProvider>,
  });
  await waitFor(() => expect(result.current.comments.data).toEqual([note]));
  // What was on its way when the note was moved never comes.
  asked.mockReturnValueOnce(new Promise(() => undefined) as never);
  act(() => tell({ automation_id: 7 } as never));
  await waitFor(() => expect(asked).toHaveBeenCalledTimes(2));
  asked.mockResolvedValue(answer([note, { id: 2, x: 0, y: 0 }]));
  await act(() => expect(result.current.change.mutateAsync({ id: 1, x: 50, y: 50 })).rejects.toBeInstanceOf(Problem));
  await waitFor(() => expect(result.current.comments.data).toEqual([note, { id: 2, x: 0, y: 0 }]));
});
