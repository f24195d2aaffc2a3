import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";

import type { AutomationDocument } from "@/flow/document";
import { useLanguage } from "@/i18n/useLanguage";

import { automationsKey } from "./automations";
import { api, unwrap } from "./client";
import { fetchAutomation, saveDraft } from "./editor";
import type { RadarFix } from "./types";

type Settings = AutomationDocument["settings"];

/** The map and the findings; `running`: only of automations that run or are paused. Renewed when one is changed. */
export function useRadar(running: boolean) {
  const lang = useLanguage();
  return useQuery({
    queryKey: [...automationsKey, "radar", { lang, running }],
    queryFn: () => unwrap(api.GET("/api/radar", { params: { query: { lang, running } } })),
    placeholderData: (before) => before,
  });
}

/** What the radar finds of a draft, alone and with what runs; asked for again after each save, which `saved` tells. */
export function useFindingsOf(id: number, saved: number, enabled: boolean) {
  const lang = useLanguage();
  return useQuery({
    queryKey: ["radar-of", id, { lang, saved }],
    queryFn: () => unwrap(api.GET("/api/radar/{id}", { params: { path: { id }, query: { lang } } })),
    placeholderData: (before) => before,
    enabled,
  });
}

/** Changes the settings of a draft as a finding proposes; answers with how to take it back. */
export function useMend() {
  const client = useQueryClient();
  const save = async (id: number, settings: Partial<Settings>) => {
    const { document, draft_revision } = await fetchAutomation(id);
    await saveDraft(id, { ...document, settings: { ...document.settings, ...settings } }, draft_revision);
    await client.invalidateQueries({ queryKey: automationsKey });
    return document.settings;
  };
  return useMutation({
    mutationFn: async ({ automation, patch }: RadarFix) => {
      const before = await save(automation, patch as Partial<Settings>);
      return () => save(automation, before);
    },
  });
}
