import { useQuery } from "@tanstack/react-query";
import { useTranslation } from "react-i18next";

import { api, unwrap } from "./client";
import type { Vocabulary } from "./types";

export const vocabularyKey = ["vocabulary"] as const;

/** Everything the pickers offer: attributes, lists, tags, people, pipelines, operators, in the screen's language. */
export function useVocabulary() {
  const { i18n } = useTranslation();
  const lang = i18n.language;
  return useQuery({
    queryKey: [...vocabularyKey, lang],
    queryFn: () => unwrap<Vocabulary>(api.GET("/api/vocabulary", { params: { query: { lang } } })),
    staleTime: 60_000,
  });
}
