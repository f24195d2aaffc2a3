import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";

import { api, unwrap } from "./client";
import { contactKey } from "./contacts";
import type { NewSite } from "./types";

const sitesKey = ["sites"] as const;
/** A person who has just put the snippet in waits for the first sign. */
const lookEvery = 3000;

export const useSites = () =>
  useQuery({ queryKey: sitesKey, queryFn: () => unwrap(api.GET("/api/sites")), refetchInterval: lookEvery });

/** What a contact looked at on the websites, visit by visit. */
export const useVisits = (id: number) =>
  useQuery({
    queryKey: [...contactKey(id), "visits"],
    queryFn: () => unwrap(api.GET("/api/contacts/{id}/visits", { params: { path: { id } } })),
  });

/** The categories of pages that a contact viewed lately, the strongest first. */
export const useInterests = (id: number) =>
  useQuery({
    queryKey: [...contactKey(id), "interests"],
    queryFn: () => unwrap(api.GET("/api/contacts/{id}/interests", { params: { path: { id } } })),
  });

/** Makes a link to a page by which this contact comes. */
export const useTrackedLink = () =>
  useMutation({
    mutationFn: ({ contact: id, address }: { contact: number; address: string }) =>
      unwrap(api.POST("/api/contacts/{id}/tracked-links", { params: { path: { id } }, body: { address } })),
  });

function useChange<V, R>(mutationFn: (value: V) => Promise<R>) {
  const client = useQueryClient();
  return useMutation({ mutationFn, onSuccess: () => client.invalidateQueries({ queryKey: sitesKey }) });
}

export const useSaveSite = () =>
  useChange(({ id, ...body }: NewSite & { id?: number }) =>
    unwrap(
      id === undefined
        ? api.POST("/api/sites", { body })
        : api.PUT("/api/sites/{id}", { params: { path: { id } }, body }),
    ),
  );

export const useDeleteSite = () =>
  useChange((id: number) => unwrap(api.DELETE("/api/sites/{id}", { params: { path: { id } } })));
