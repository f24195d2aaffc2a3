import { queryOptions, useQuery } from "@tanstack/react-query";

import type { Language } from "@/i18n/languages";
import { useLanguage } from "@/i18n/useLanguage";

import { api, unwrap } from "./client";

export const vocabularyKey = ["vocabulary"] as const;

export function vocabularyQuery(lang: Language) {
  return queryOptions({
    queryKey: [...vocabularyKey, lang],
    queryFn: () => unwrap(api.GET("/api/vocabulary", { params: { query: { lang } } })),
    staleTime: 60_000,
  });
}

/** The properties that events are known to have, by the name of the event: asked for where somebody types one. */
export function useEventProperties() {
  return useQuery({
    queryKey: ["event-properties"],
    queryFn: () => unwrap(api.GET("/api/events/properties")),
    staleTime: 60_000,
  });
}

/** Everything the pickers offer: attributes, lists, tags, people, pipelines, operators, in the screen's language. */
export function useVocabulary() {
  return useQuery(vocabularyQuery(useLanguage()));
}
