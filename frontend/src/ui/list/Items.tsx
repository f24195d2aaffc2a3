import type { UseQueryResult } from "@tanstack/react-query";
import type { ReactNode } from "react";

import { Card } from "@/ui/card/Card";
import { Loaded } from "@/ui/feedback/Loaded";
import { SkeletonRows } from "@/ui/feedback/SkeletonRows";

interface ItemsProps<T> {
  query: Pick<UseQueryResult<{ items: T[] }>, "data" | "error" | "refetch">;
  /** How many rows stand in for those to come. */
  awaited?: number;
  /** What stands there when there are none. */
  empty: ReactNode;
  /** The rows get a surface of their own. */
  card?: boolean;
  /** Draws one of them, with its key. */
  children: (item: T) => ReactNode;
}

/** The rows of a short list, which is fetched whole. */
export function Items<T>({ query, awaited, empty, card = false, children }: ItemsProps<T>) {
  return (
    <Loaded query={query} skeleton={<SkeletonRows {...(awaited && { count: awaited })} />}>
      {({ items }) => {
        if (items.length === 0) return empty;
        const rows = items.map((item) => children(item));
        return card ? <Card flush>{rows}</Card> : <div>{rows}</div>;
      }}
    </Loaded>
  );
}
