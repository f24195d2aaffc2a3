import { keepPreviousData, useQuery } from "@tanstack/react-query";

import type { AutomationDocument } from "@/flow/document";
import type { Language } from "@/i18n/languages";

import { api, unwrapAs } from "./client";
import type { SentDocument, ToldLine } from "./types";

/** The automation told line by line, in one of the languages. */
export function useStory(document: AutomationDocument, language: Language, enabled: boolean) {
  return useQuery({
    queryKey: ["story", language, { ...document, layout: {}, groups: [] }],
    queryFn: async () => {
      const body = { document: document as unknown as SentDocument, language };
      return (await unwrapAs<{ items: ToldLine[] }>(api.POST("/api/automations/tell", { body }))).items;
    },
    enabled,
    placeholderData: keepPreviousData,
    gcTime: 10_000,
  });
}
