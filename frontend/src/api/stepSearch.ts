import { keepPreviousData, useQuery } from "@tanstack/react-query";

import { useLanguage } from "@/i18n/useLanguage";

import { api, unwrap } from "./client";
import type { FoundStep } from "./types";

export type SearchPlace = FoundStep["place"];

/** At most so many are found. */
export const MOST_FOUND = 100;
const ENOUGH_LETTERS = 2;

/** Steps over all automations that hold the text, in the screen's language; nothing is asked before two letters. */
export function useStepSearch(text: string, place: SearchPlace | null) {
  const lang = useLanguage();
  return useQuery({
    queryKey: ["step-search", lang, text, place],
    queryFn: async () => {
      const { items } = await unwrap(
        api.GET("/api/automations/search", { params: { query: { text, lang, ...(place && { place }) } } }),
      );
      return items;
    },
    enabled: text.length >= ENOUGH_LETTERS,
    placeholderData: keepPreviousData,
    staleTime: 0,
  });
}
