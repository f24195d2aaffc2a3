import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";

import { api, unwrap } from "./client";
import type { Condition } from "./types";
import { vocabularyKey } from "./vocabulary";

const segmentsKey = ["segments"] as const;

export function useSegments() {
  return useQuery({ queryKey: segmentsKey, queryFn: () => unwrap(api.GET("/api/segments")) });
}

/** Makes a segment, or changes the one whose id is given. */
export function useSaveSegment() {
  const client = useQueryClient();
  return useMutation({
    mutationFn: ({ id, ...body }: { id?: number; name: string; condition: Condition }) =>
      unwrap(
        id === undefined
          ? api.POST("/api/segments", { body })
          : api.PATCH("/api/segments/{id}", { params: { path: { id } }, body }),
      ),
    onSuccess: () =>
      Promise.all([
        client.invalidateQueries({ queryKey: segmentsKey }),
        client.invalidateQueries({ queryKey: vocabularyKey }),
      ]),
  });
}

export function useDeleteSegment() {
  const client = useQueryClient();
  return useMutation({
    mutationFn: (id: number) => unwrap(api.DELETE("/api/segments/{id}", { params: { path: { id } } })),
    onSettled: () => client.invalidateQueries({ queryKey: segmentsKey }),
  });
}
