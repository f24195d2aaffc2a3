/** Hosted forms. */

import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";

import { api, unwrap } from "./client";
import type { components } from "./schema";

type Schemas = components["schemas"];

export type WebForm = Schemas["WebForm"];
export type WebFormDraft = Schemas["NewWebForm"];
export type WebFormField = Schemas["WebFormField"];

const formsKey = ["forms"] as const;
/** Who has just put a form somewhere waits for the first to be submitted. */
const lookEvery = 5000;

export const useForms = () =>
  useQuery({ queryKey: formsKey, queryFn: () => unwrap(api.GET("/api/forms")), refetchInterval: lookEvery });

function useChange<V, R>(mutationFn: (value: V) => Promise<R>) {
  const client = useQueryClient();
  return useMutation({ mutationFn, onSuccess: () => client.invalidateQueries({ queryKey: formsKey }) });
}

/** Adds a form, or changes the one whose id is given. */
export const useSaveForm = () =>
  useChange(({ id, ...body }: WebFormDraft & { id: number | null }) =>
    unwrap(
      id === null ? api.POST("/api/forms", { body }) : api.PUT("/api/forms/{id}", { params: { path: { id } }, body }),
    ),
  );

export const useDeleteForm = () =>
  useChange((id: number) => unwrap(api.DELETE("/api/forms/{id}", { params: { path: { id } } })));
