import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";

import { api, unwrap } from "./client";
import { useCursorPages } from "./pages";
import type { Deal, DealDraft, DealStatus } from "./types";

export const dealsKey = ["deals"] as const;

export interface DealFilter {
  search: string;
  pipeline: number | null;
  stage: number | null;
  status: DealStatus | null;
  owner: number | null;
  contact?: number;
  sort: string;
}

export function useDeals(filter: DealFilter) {
  const said = Object.fromEntries(Object.entries(filter).filter(([, value]) => value !== null && value !== ""));
  return useCursorPages<Deal>([...dealsKey, filter], (cursor) =>
    unwrap(api.GET("/api/deals", { params: { query: { ...said, ...(cursor && { cursor }) } } })),
  );
}

/** One deal; null asks for none. */
export function useDeal(id: number | null) {
  return useQuery({
    queryKey: [...dealsKey, id],
    queryFn: () => unwrap(api.GET("/api/deals/{id}", { params: { path: { id: id ?? 0 } } })),
    enabled: id !== null,
  });
}

function useRefresh() {
  const client = useQueryClient();
  return () =>
    Promise.all([client.invalidateQueries({ queryKey: dealsKey }), client.invalidateQueries({ queryKey: ["contact"] })]);
}

/** Makes a deal, or changes the one whose id is given. */
export function useSaveDeal() {
  return useMutation({
    mutationFn: ({ id, ...body }: DealDraft & { id?: number }) =>
      unwrap(
        id === undefined
          ? api.POST("/api/deals", { body })
          : api.PATCH("/api/deals/{id}", { params: { path: { id } }, body }),
      ),
    onSuccess: useRefresh(),
  });
}

export function useDeleteDeal() {
  return useMutation({
    mutationFn: (id: number) => unwrap(api.DELETE("/api/deals/{id}", { params: { path: { id } } })),
    onSuccess: useRefresh(),
  });
}
