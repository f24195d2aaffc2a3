/** Pausing an automation, letting it go on, and stopping those inside. */

import { useMutation, useQueryClient } from "@tanstack/react-query";

import { api, unwrap } from "./client";
import { keysOf } from "./editor";
import type { Resumption, Stop } from "./types";

/** Everything that fell due happens at once. */
export const atOnce: Resumption = { overdue: "now", spread_hours: 24 };

const params = (id: number) => ({ params: { path: { id } } });

/** What a resumption has to do with, counted now. */
export function fetchResumePreview(id: number) {
  return unwrap(api.GET("/api/automations/{id}/resume-preview", params(id)));
}

export function usePause(id: number) {
  return useChange(id, () => unwrap(api.POST("/api/automations/{id}/pause", params(id))));
}

export function useResume(id: number) {
  return useChange(id, (body: Resumption) => unwrap(api.POST("/api/automations/{id}/resume", { ...params(id), body })));
}

/** Ends the runs of those inside: of all, of those at a step, or of one; tells how many these were. */
export function useStop(id: number) {
  return useChange(
    id,
    async (wish: Stop) => {
      const body = { node: null, enrollment_id: null, ...wish };
      return (await unwrap(api.POST("/api/automations/{id}/stop", { ...params(id), body }))).stopped;
    },
  );
}

function useChange<Wish, Answer>(id: number, mutationFn: (wish: Wish) => Promise<Answer>) {
  const client = useQueryClient();
  return useMutation({
    mutationFn,
    onSettled: () => Promise.all(keysOf(id).map((queryKey) => client.invalidateQueries({ queryKey }))),
  });
}
