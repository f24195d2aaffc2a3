import { type QueryKey, keepPreviousData, useInfiniteQuery } from "@tanstack/react-query";

import type { Page } from "./types";

/**
 * A list read page by page with the server's cursor.
 * @returns the query, with `items` of all pages so far and the `total` of the newest one.
 */
export function useCursorPages<T, P extends Page<T> = Page<T>>(
  key: QueryKey,
  fetchPage: (cursor: string | undefined) => Promise<P>,
  enabled = true,
) {
  const query = useInfiniteQuery({
    queryKey: key,
    queryFn: ({ pageParam }) => fetchPage(pageParam),
    initialPageParam: undefined as string | undefined,
    getNextPageParam: (last) => last.next_cursor ?? undefined,
    placeholderData: keepPreviousData,
    enabled,
  });
  const pages = query.data?.pages;
  return { ...query, items: pages?.flatMap((page) => page.items), total: pages?.at(-1)?.total ?? undefined };
}
