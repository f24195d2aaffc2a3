/** Versions of an automation, who is inside them, and moving these. */

import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";

import type { AutomationDocument } from "@/flow/document";
import { useLanguage } from "@/i18n/useLanguage";

import { api, unwrap, unwrapAs } from "./client";
import { keysOf } from "./editor";
import type { PeopleChoices } from "./types";
import { useStream } from "./useStream";

const versionsKey = (id: number) => ["automation-versions", id] as const;
const path = (id: number) => ({ path: { id } });
/** While people are moved: how often is looked how far it has come. */
const progressMs = 1000;

/** All versions with those inside, and the moves under way. */
export function useVersions(id: number, enabled = true) {
  const client = useQueryClient();
  useStream("automation", (event) => {
    if (event.id === id) void client.invalidateQueries({ queryKey: versionsKey(id) });
  });
  return useQuery({
    queryKey: versionsKey(id),
    queryFn: () => unwrap(api.GET("/api/automations/{id}/versions", { params: path(id) })),
    enabled,
    staleTime: 0,
    refetchInterval: ({ state }) => (state.data?.moving.length ? progressMs : 15_000),
  });
}

/** The document of a version: it never changes. Null: none is asked for. */
export function useVersion(id: number, number: number | null) {
  return useQuery({
    queryKey: ["automation-version", id, number],
    queryFn: () =>
      unwrapAs<{ document: AutomationDocument }>(
        api.GET("/api/automations/{id}/versions/{number}", { params: { path: { id, number: number ?? 0 } } }),
      ),
    enabled: number !== null,
    staleTime: Infinity,
  });
}

/**
 * Where those inside older versions stand, and where they would in the live one, or in the draft: `save` first lets the
 * server have it. Asked anew each time; undefined while it is not `wanted`.
 */
export function useInside(id: number, to: "draft" | "live", save: () => Promise<unknown>, wanted: boolean) {
  const lang = useLanguage();
  return useQuery({
    queryKey: ["automation-inside", id, to, lang],
    queryFn: async () => {
      await save();
      return unwrap(api.GET("/api/automations/{id}/inside", { params: { ...path(id), query: { to, lang } } }));
    },
    enabled: wanted,
    staleTime: 0,
    gcTime: 0,
  });
}

/** Lets nobody else be moved; tells how many stay where they were. */
export function useCancelMove(id: number) {
  const client = useQueryClient();
  return useMutation({
    mutationFn: () => unwrap(api.DELETE("/api/automations/{id}/move", { params: path(id) })),
    onSettled: () => client.invalidateQueries({ queryKey: versionsKey(id) }),
  });
}

/** Moves people from older versions to the live one. */
export function useMovePeople(id: number) {
  const client = useQueryClient();
  return useMutation({
    mutationFn: (body: PeopleChoices) => unwrap(api.POST("/api/automations/{id}/move", { params: path(id), body })),
    onSettled: () =>
      Promise.all([versionsKey(id), ...keysOf(id)].map((queryKey) => client.invalidateQueries({ queryKey }))),
  });
}
