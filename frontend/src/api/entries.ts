/** Letting contacts into an automation by hand: a few, or a whole segment or search. */

import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";

import type { AutomationDocument } from "@/flow/document";
import { useLanguage } from "@/i18n/useLanguage";

import { api, unwrap } from "./client";
import type { ContactFilter } from "./contacts";
import type { AskedEntry, NewEntry } from "./types";
import { useStream } from "./useStream";

/** Some contacts, or all that a filter holds for. */
export type Entrants = { contacts: readonly number[] } | { crowd: Pick<ContactFilter, "segment" | "condition" | "search"> };

const mostAtOnce = 1000;
const pollMs = 2000;
const entriesKey = (automation: number) => ["automation-entries", automation] as const;

export function useEnter() {
  const client = useQueryClient();
  return useMutation({
    mutationFn: ({ automation, who }: { automation: number; who: Entrants }) => enter(automation, who),
    onSettled: (_data, _error, { automation }) => client.invalidateQueries({ queryKey: entriesKey(automation) }),
  });
}

async function enter(automation: number, who: Entrants): Promise<number> {
  const params = { path: { id: automation } };
  const send = (body: NewEntry) => unwrap(api.POST("/api/automations/{id}/entries", { params, body }));
  if ("crowd" in who) return (await send({ crowd: who.crowd })).accepted;
  const answers: AskedEntry[] = [];
  for (let start = 0; start < who.contacts.length; start += mostAtOnce) {
    const some = who.contacts.slice(start, start + mostAtOnce);
    // One after the other: an automation that is switched off meanwhile then stops the rest.
    // oxlint-disable-next-line no-await-in-loop
    answers.push(await send({ contacts: some.map((id) => ({ id })) }));
  }
  return answers.reduce((sum, { accepted }) => sum + accepted, 0);
}

/**
 * The crowds that entered or are entering, the latest first; renewed as they move on. While one does, it is also asked for
 * by the clock: what is told as the last of them come in may be on its way while the answer before it is.
 */
export function useBulkEntries(automation: number, enabled: boolean) {
  const client = useQueryClient();
  const key = entriesKey(automation);
  useStream("stats", (event) => {
    if (event.automation_id === automation) void client.invalidateQueries({ queryKey: key });
  });
  return useQuery({
    queryKey: key,
    queryFn: async () => (await unwrap(api.GET("/api/automations/{id}/entries", { params: { path: { id: automation } } }))).items,
    enabled,
    refetchInterval: ({ state }) => state.data?.some(({ finished_at }) => finished_at === null) === true && pollMs,
  });
}

export function useCancelEntry(automation: number) {
  const client = useQueryClient();
  return useMutation({
    mutationFn: (bulk_entry_id: number) =>
      unwrap(
        api.POST("/api/automations/{id}/entries/{bulk_entry_id}/cancel", {
          params: { path: { id: automation, bulk_entry_id } },
        }),
      ),
    onSettled: () => client.invalidateQueries({ queryKey: entriesKey(automation) }),
  });
}

/** The draft's triggers to which contacts belong already, with their number; `save` is awaited before it is read. */
export function useStanding(id: number, document: AutomationDocument, save: () => Promise<unknown>, enabled: boolean) {
  const lang = useLanguage();
  return useQuery({
    queryKey: ["draft-members", id, lang, document.nodes],
    queryFn: async () => {
      await save();
      return (await unwrap(api.GET("/api/automations/{id}/draft/members", { params: { path: { id }, query: { lang } } }))).items;
    },
    enabled,
    staleTime: 0,
  });
}
