import { keepPreviousData, useQuery } from "@tanstack/react-query";

import { useLanguage } from "@/i18n/useLanguage";

import { api, unwrap } from "./client";
import type { FoundStep } from "./types";

export type SearchPlace = FoundStep["place"];

/** At most so many are found. */
export const MOST_FOUND = 100;
export const MOST_INSIDE = 20;
const ENOUGH_LETTERS = 2;

interface Where {
  place?: SearchPlace | undefined;
  /** The one automation to look in. */
  automation_id?: number;
}

/** Steps over all automations that hold the text, in the screen's language; nothing is asked before two letters. */
export function useStepSearch(text: string, where: Where = {}) {
  const lang = useLanguage();
  return useQuery({
    queryKey: ["step-search", lang, text, where],
    queryFn: async () => {
      const { place, automation_id } = where;
      const query = { text, lang, ...(place && { place }), ...(automation_id !== undefined && { automation_id }) };
      const { items } = await unwrap(api.GET("/api/automations/search", { params: { query } }));
      return items;
    },
    enabled: text.length >= ENOUGH_LETTERS,
    placeholderData: keepPreviousData,
    staleTime: 0,
  });
}

/** Contacts inside any automation whose name or email holds the words; nothing is asked before two letters. */
export function usePeopleInside(search: string) {
  const lang = useLanguage();
  return useQuery({
    queryKey: ["people-inside", lang, search],
    queryFn: async () => {
      const { items } = await unwrap(api.GET("/api/automations/inside", { params: { query: { search, lang } } }));
      return items;
    },
    enabled: search.length >= ENOUGH_LETTERS,
    placeholderData: keepPreviousData,
    staleTime: 0,
  });
}
