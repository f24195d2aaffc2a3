import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";

import { api, unwrap } from "./client";
import type { components } from "./schema";

export type MailDomain = components["schemas"]["MailDomain"];
export type MailKey = components["schemas"]["MailKey"];

const domainsKey = ["mail-domains"] as const;
const at = (id: number) => ({ params: { path: { id } } });

function useChange<V, R>(mutationFn: (value: V) => Promise<R>) {
  const client = useQueryClient();
  return useMutation({ mutationFn, onSuccess: () => client.invalidateQueries({ queryKey: domainsKey }) });
}

/** The domains that mail is signed for. */
export const useDomains = () =>
  useQuery({ queryKey: domainsKey, queryFn: () => unwrap(api.GET("/api/mail-domains")) });

export const useAddDomain = () =>
  useChange((name: string) => unwrap(api.POST("/api/mail-domains", { body: { name } })));

/** Looks for the records; that may take some seconds. */
export const useCheckDomain = () =>
  useChange((id: number) => unwrap(api.POST("/api/mail-domains/{id}/check", at(id))));

/** Makes another key. */
export const useRotateDomain = () =>
  useChange((id: number) => unwrap(api.POST("/api/mail-domains/{id}/rotate", at(id))));

export const useDeleteDomain = () =>
  useChange((id: number) => unwrap(api.DELETE("/api/mail-domains/{id}", at(id))));
