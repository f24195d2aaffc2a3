import { useQuery } from "@tanstack/react-query";

import { useLanguage } from "@/i18n/useLanguage";

import { api, unwrap } from "./client";

export const vocabularyKey = ["vocabulary"] as const;

/** Everything the pickers offer: attributes, lists, tags, people, pipelines, operators, in the screen's language. */
export function useVocabulary() {
  const lang = useLanguage();
  return useQuery({
    queryKey: [...vocabularyKey, lang],
    queryFn: () => unwrap(api.GET("/api/vocabulary", { params: { query: { lang } } })),
    staleTime: 60_000,
  });
}
