import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";

import { api, unwrap } from "./client";
import { contactKey, contactsKey } from "./contacts";
import type { MergeRequest } from "./types";

const mergesKey = (id: number) => [...contactKey(id), "merges"] as const;

/** Both contacts side by side, and what merging would do; nothing is kept of it, as both may change meanwhile. */
export function useMergePreview(id: number, other: number) {
  return useQuery({
    queryKey: [...contactKey(id), "merge", other],
    queryFn: () =>
      unwrap(api.GET("/api/contacts/{id}/merge", { params: { path: { id }, query: { other } } })),
    gcTime: 0,
  });
}

/** Who became part of a contact. */
export function useMerges(id: number) {
  return useQuery({
    queryKey: mergesKey(id),
    queryFn: () => unwrap(api.GET("/api/contacts/{id}/merges", { params: { path: { id } } })),
  });
}

/** Whatever is shown of either contact is fetched anew. */
function useChange<V, R>(mutationFn: (value: V) => Promise<R>, touched: (value: V, result: R) => number[]) {
  const client = useQueryClient();
  return useMutation({
    mutationFn,
    onSuccess: (result, value) =>
      Promise.all([
        client.invalidateQueries({ queryKey: contactsKey }),
        ...touched(value, result).map((id) => client.invalidateQueries({ queryKey: contactKey(id) })),
      ]),
  });
}

export const useMerge = (id: number) =>
  useChange(
    (body: MergeRequest) => unwrap(api.POST("/api/contacts/{id}/merges", { params: { path: { id } }, body })),
    ({ contact_id }) => [id, contact_id],
  );

export const useUndoMerge = (id: number) =>
  useChange(
    (merge: number) =>
      unwrap(api.DELETE("/api/contacts/{id}/merges/{merge}", { params: { path: { id, merge } } })),
    (_merge, { contact_id }) => [id, contact_id],
  );
