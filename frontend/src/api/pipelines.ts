import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";

import { api, unwrap } from "./client";
import { dealsKey } from "./deals";
import { vocabularyKey } from "./vocabulary";

const pipelinesKey = ["pipelines"] as const;
const at = (id: number) => ({ params: { path: { id } } });

export function usePipelines() {
  return useQuery({ queryKey: pipelinesKey, queryFn: () => unwrap(api.GET("/api/pipelines")) });
}

function useRefresh() {
  const client = useQueryClient();
  return () =>
    Promise.all(
      [pipelinesKey, vocabularyKey, dealsKey].map((queryKey) => client.invalidateQueries({ queryKey })),
    );
}

export interface PipelineDraft {
  id?: number;
  name: string;
  stages: { id?: number; name: string }[];
}

/** Makes a pipeline, or renames one and sets its stages: their order, new ones (no id), left-out ones removed. */
export function useSavePipeline() {
  return useMutation({
    mutationFn: async ({ id, name, stages }: PipelineDraft) => {
      if (id === undefined) return unwrap(api.POST("/api/pipelines", { body: { name, stages } }));
      await unwrap(api.PATCH("/api/pipelines/{id}", { ...at(id), body: { name } }));
      return unwrap(api.PUT("/api/pipelines/{id}/stages", { ...at(id), body: stages }));
    },
    onSettled: useRefresh(),
  });
}

/** New deals go to the default pipeline unless told otherwise. */
export function useMakeDefaultPipeline() {
  return useMutation({
    mutationFn: (id: number) =>
      unwrap(api.PATCH("/api/pipelines/{id}", { ...at(id), body: { is_default: true } })),
    onSuccess: useRefresh(),
  });
}

export function useDeletePipeline() {
  return useMutation({
    mutationFn: (id: number) => unwrap(api.DELETE("/api/pipelines/{id}", at(id))),
    onSuccess: useRefresh(),
  });
}
