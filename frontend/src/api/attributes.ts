import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";

import { api, unwrap } from "./client";
import type { NewAttribute } from "./types";
import { vocabularyKey } from "./vocabulary";

const attributesKey = ["attributes"] as const;

export function useAttributes() {
  return useQuery({ queryKey: attributesKey, queryFn: () => unwrap(api.GET("/api/attributes")) });
}

function useRefresh() {
  const client = useQueryClient();
  return () => Promise.all([attributesKey, vocabularyKey].map((queryKey) => client.invalidateQueries({ queryKey })));
}

export function useCreateAttribute() {
  return useMutation({
    mutationFn: (body: NewAttribute) => unwrap(api.POST("/api/attributes", { body })),
    onSuccess: useRefresh(),
  });
}

export function useSetAttributeOptions() {
  return useMutation({
    mutationFn: ({ name, options }: { name: string; options: string[] }) =>
      unwrap(api.PATCH("/api/attributes/{name}", { params: { path: { name } }, body: { options } })),
    onSuccess: useRefresh(),
  });
}

/** Refused with 409, naming the automations and segments that use it. */
export function useDeleteAttribute() {
  return useMutation({
    mutationFn: (name: string) => unwrap(api.DELETE("/api/attributes/{name}", { params: { path: { name } } })),
    onSuccess: useRefresh(),
  });
}
