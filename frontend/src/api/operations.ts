import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";

import { useLanguage } from "@/i18n/useLanguage";

import { api, unwrap } from "./client";
import { useCursorPages } from "./pages";
import type { DeadLetter } from "./types";

/** How often the picture is drawn anew while somebody looks at it. */
const lookEveryMs = 3000;

export function useOperations() {
  const lang = useLanguage();
  return useQuery({
    queryKey: ["operations", lang],
    queryFn: () => unwrap(api.GET("/api/operations", { params: { query: { lang } } })),
    refetchInterval: lookEveryMs,
  });
}

const deadLettersKey = ["dead-letters"] as const;

export interface DeadLetterFilter {
  kind: string | null;
  reason: string | null;
}

export function useDeadLetters({ kind, reason }: DeadLetterFilter) {
  return useCursorPages<DeadLetter>([...deadLettersKey, { kind, reason }], (cursor) =>
    unwrap(
      api.GET("/api/dead-letters", {
        params: { query: { ...(kind && { kind }), ...(reason !== null && { reason }), ...(cursor && { cursor }) } },
      }),
    ),
  );
}

/** How many there are of each kind and reason. */
export const useDeadLetterGroups = () =>
  useQuery({ queryKey: [...deadLettersKey, "groups"], queryFn: () => unwrap(api.GET("/api/dead-letters/groups")) });

/** Tries one again, or all of a kind (and reason). */
export function useReplay() {
  const client = useQueryClient();
  return useMutation({
    mutationFn: (wish: { id: string } | { kind: string; reason: string | null }) =>
      "id" in wish
        ? unwrap(api.POST("/api/dead-letters/{letter_id}/replay", { params: { path: { letter_id: wish.id } } }))
        : unwrap(api.POST("/api/dead-letters/replay", { body: wish })),
    onSettled: () => client.invalidateQueries({ queryKey: deadLettersKey }),
  });
}
