import { onlineManager, QueryClient, QueryClientProvider } from "@tanstack/react-query";
import { renderHook, waitFor } from "@testing-library/react";
import { afterEach, expect, test } from "vitest";

import { useLater } from "./useLater";

afterEach(() => onlineManager.setOnline(true));

test("what the browser has already comes without a network, too", async () => {
  onlineManager.setOnline(false);
  const code = { part: "panels" };
  const { result } = renderHook(() => useLater("panels", () => Promise.resolve(code)), {
    wrapper: ({ children }) => <QueryClientProvider client={new QueryClient()}>{children}</QueryClientProvider>,
  });
  await waitFor(() => expect(result.current).toBe(code));
});
