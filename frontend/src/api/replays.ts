/** Replays: the last days once more, through a draft; done by a worker and watched from here. */

import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";

import type { AutomationDocument } from "@/flow/document";
import { useLanguage } from "@/i18n/useLanguage";

import { api, unwrap } from "./client";
import type { components } from "./schema";
import type { SentDocument } from "./types";

type Schemas = components["schemas"];
export type Replay = Schemas["Replay"];
export type ReplayRow = Schemas["ReplayRow"];

const replayKey = (id: number) => ["automation-replay", id] as const;
const unfinished = (replay: Replay | null | undefined) => replay?.state === "queued" || replay?.state === "running";
const pollMs = 700;

/** The latest replay; null while there is none. Asked for again and again until it is over. */
export function useReplay(id: number) {
  const lang = useLanguage();
  return useQuery({
    queryKey: [...replayKey(id), lang],
    queryFn: async () => {
      const found = await unwrap(
        api.GET("/api/automations/{id}/replays/latest", { params: { path: { id }, query: { lang } } }),
      );
      return found.replay;
    },
    refetchInterval: ({ state }) => unfinished(state.data) && pollMs,
  });
}

export function useStartReplay(id: number) {
  const client = useQueryClient();
  const lang = useLanguage();
  return useMutation({
    mutationFn: ({ days, document }: { days: number; document: AutomationDocument }) =>
      unwrap(
        api.POST("/api/automations/{id}/replays", {
          params: { path: { id }, query: { lang } },
          body: { days, document: document as unknown as SentDocument },
        }),
      ),
    onSuccess: () => client.invalidateQueries({ queryKey: replayKey(id) }),
  });
}

/** Who stands behind a number. */
export function useReplayedPeople(id: number, replay_id: number, key: string) {
  return useQuery({
    queryKey: [...replayKey(id), replay_id, "people", key],
    queryFn: () =>
      unwrap(
        api.GET("/api/automations/{id}/replays/{replay_id}/people", {
          params: { path: { id, replay_id }, query: { key } },
        }),
      ),
  });
}
