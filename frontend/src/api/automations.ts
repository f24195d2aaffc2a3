import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";

import type { Language } from "@/i18n/languages";
import { useLanguage } from "@/i18n/useLanguage";

import { api, unwrap, unwrapAs } from "./client";
import { useCursorPages } from "./pages";
import type { AutomationState, AutomationSummary, AutomationTemplate, NewAutomation, SentDocument } from "./types";

export const automationsKey = ["automations"] as const;

export interface AutomationFilter {
  search: string;
  state: AutomationState | null;
}

export function useAutomations({ search, state }: AutomationFilter, enabled = true) {
  const lang = useLanguage();
  return useCursorPages<AutomationSummary>(
    [...automationsKey, { search, state, lang }],
    (cursor) =>
      unwrap(
        api.GET("/api/automations", {
          params: { query: { lang, ...(search && { search }), ...(state && { state }), ...(cursor && { cursor }) } },
        }),
      ),
    enabled,
  );
}

/** The templates, named in `language`. */
export function useTemplates(language: Language) {
  return useQuery({
    queryKey: ["automation-templates", language],
    queryFn: () =>
      unwrapAs<AutomationTemplate[]>(api.GET("/api/automations/templates", { params: { query: { lang: language } } })),
    staleTime: Infinity,
  });
}

export function useCreateAutomation() {
  const client = useQueryClient();
  return useMutation({
    mutationFn: (body: NewAutomation) => unwrap(api.POST("/api/automations", { body })),
    onSuccess: () => client.invalidateQueries({ queryKey: automationsKey }),
  });
}

export type AutomationVerb = "duplicate" | "archive" | "restore";

export function useAutomationVerb() {
  const client = useQueryClient();
  return useMutation({
    mutationFn: ({ id, verb }: { id: number; verb: AutomationVerb }) =>
      unwrap(api.POST(`/api/automations/{id}/${verb}`, { params: { path: { id } } })),
    onSettled: () => client.invalidateQueries({ queryKey: automationsKey }),
  });
}

export function useDeleteAutomation() {
  const client = useQueryClient();
  return useMutation({
    mutationFn: (id: number) => unwrap(api.DELETE("/api/automations/{id}", { params: { path: { id } } })),
    onSettled: () => client.invalidateQueries({ queryKey: automationsKey }),
  });
}

/** Starts a new draft from an exported file. */
export function useImportAutomation() {
  const client = useQueryClient();
  return useMutation({
    mutationFn: (document: unknown) =>
      unwrap(api.POST("/api/automations/import", { body: { document: document as SentDocument } })),
    onSuccess: () => client.invalidateQueries({ queryKey: automationsKey }),
  });
}

