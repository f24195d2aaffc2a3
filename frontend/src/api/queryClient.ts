import { QueryClient } from "@tanstack/react-query";

import { isProblem } from "./problem";

/** Refusals (4xx) are answers, not accidents: only a missing or failing server is asked again. */
function shouldRetry(failures: number, error: unknown): boolean {
  const refused = isProblem(error) && error.status >= 400 && error.status < 500;
  return !refused && failures < 2;
}

export const queryClient = new QueryClient({
  defaultOptions: {
    queries: { retry: shouldRetry, staleTime: 15_000, refetchOnWindowFocus: true },
    mutations: { retry: false },
  },
});
