import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";

import { api, unwrap } from "./client";
import { contactsKey } from "./contacts";
import type { ImportStart } from "./types";

const importsKey = ["imports"] as const;
export const importKey = (id: number) => [...importsKey, id] as const;
const at = (id: number) => ({ params: { path: { id } } });
const working = new Set(["queued", "running"]);

export function isWorking(progress: { state: string } | undefined): boolean {
  return progress !== undefined && working.has(progress.state);
}

export function useUploadImport() {
  return useMutation({
    mutationFn: (file: File) => {
      const body = new FormData();
      body.append("file", file);
      return unwrap(api.POST("/api/imports", { body: body as never }));
    },
  });
}

export function useStartImport() {
  const client = useQueryClient();
  return useMutation({
    mutationFn: ({ id, ...body }: ImportStart & { id: number }) =>
      unwrap(api.POST("/api/imports/{id}/start", { ...at(id), body })),
    onSuccess: (_data, { id }) => client.invalidateQueries({ queryKey: importKey(id) }),
  });
}

/** An import's progress, asked for again each second while it runs (and at once when a live event says so). */
export function useImport(id: number, enabled: boolean) {
  const client = useQueryClient();
  return useQuery({
    queryKey: importKey(id),
    queryFn: async () => {
      const progress = await unwrap(api.GET("/api/imports/{id}", at(id)));
      if (progress.state === "finished") void client.invalidateQueries({ queryKey: contactsKey });
      return progress;
    },
    refetchInterval: (query) => (isWorking(query.state.data) ? 1000 : false),
    enabled,
  });
}

export function useRecentImports() {
  return useQuery({ queryKey: [...importsKey, "recent"], queryFn: () => unwrap(api.GET("/api/imports")) });
}

export function useCancelImport() {
  const client = useQueryClient();
  return useMutation({
    mutationFn: (id: number) => unwrap(api.POST("/api/imports/{id}/cancel", at(id))),
    onSettled: () => client.invalidateQueries({ queryKey: importsKey }),
  });
}

export const importErrorsUrl = (id: number) => `/api/imports/${id}/errors.csv`;
