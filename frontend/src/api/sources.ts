import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";

import { api, unwrap } from "./client";
import type { NewSource, TraitDecision } from "./types";

const sourcesKey = ["sources"] as const;
/** Who has just connected a client waits for its first message. */
const lookEvery = 3000;

export const useSources = () =>
  useQuery({ queryKey: sourcesKey, queryFn: () => unwrap(api.GET("/api/sources")), refetchInterval: lookEvery });

/** The last messages of a source, the newest first. */
export const useSourceMessages = (id: number) =>
  useQuery({
    queryKey: [...sourcesKey, id, "messages"],
    queryFn: () => unwrap(api.GET("/api/sources/{id}/messages", { params: { path: { id } } })),
    refetchInterval: lookEvery,
  });

/** The traits that were met, and where each goes. */
export const useSourceTraits = (id: number) =>
  useQuery({
    queryKey: [...sourcesKey, id, "traits"],
    queryFn: () => unwrap(api.GET("/api/sources/{id}/traits", { params: { path: { id } } })),
    refetchInterval: lookEvery,
  });

function useChange<V, R>(mutationFn: (value: V) => Promise<R>) {
  const client = useQueryClient();
  return useMutation({ mutationFn, onSuccess: () => client.invalidateQueries({ queryKey: sourcesKey }) });
}

export const useCreateSource = () => useChange((body: NewSource) => unwrap(api.POST("/api/sources", { body })));

export const useSwitchSource = () =>
  useChange(({ id, enabled }: { id: number; enabled: boolean }) =>
    unwrap(api.PATCH("/api/sources/{id}", { params: { path: { id } }, body: { enabled } })),
  );

export const useRollSource = () =>
  useChange((id: number) => unwrap(api.POST("/api/sources/{id}/roll", { params: { path: { id } } })));

export const useDeleteSource = () =>
  useChange((id: number) => unwrap(api.DELETE("/api/sources/{id}", { params: { path: { id } } })));

export const useDecideTrait = (id: number) =>
  useChange((body: TraitDecision) => unwrap(api.PUT("/api/sources/{id}/traits", { params: { path: { id } }, body })));
