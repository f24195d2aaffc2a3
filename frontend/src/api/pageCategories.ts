import { keepPreviousData, useMutation, useQuery, useQueryClient } from "@tanstack/react-query";

import { api, unwrap } from "./client";
import type { PageRule } from "./types";
import { vocabularyKey } from "./vocabulary";

const rulesKey = ["page-categories"] as const;
const lookEvery = 1000;

/** The rules as kept, and how far they have come through the past: looked at again while they are on their way. */
export const usePageRules = () =>
  useQuery({
    queryKey: rulesKey,
    queryFn: () => unwrap(api.GET("/api/page-categories")),
    refetchInterval: ({ state }) => (isUnderWay(state.data?.applying?.state) ? lookEvery : false),
  });

/** The pages that were seen last, with what these rules say of them. */
export const usePagesPreview = (rules: PageRule[]) =>
  useQuery({
    queryKey: [...rulesKey, "preview", rules],
    queryFn: () => unwrap(api.POST("/api/page-categories/preview", { body: { rules } })),
    placeholderData: keepPreviousData,
  });

export function useSavePageRules() {
  const client = useQueryClient();
  return useMutation({
    mutationFn: (rules: PageRule[]) => unwrap(api.PUT("/api/page-categories", { body: { rules } })),
    onSuccess: async (kept) => {
      client.setQueryData(rulesKey, kept);
      await client.invalidateQueries({ queryKey: vocabularyKey });
    },
  });
}

export function useApplyPageRules() {
  const client = useQueryClient();
  return useMutation({
    mutationFn: (days: number) => unwrap(api.POST("/api/page-categories/apply", { body: { days } })),
    onSettled: () => client.invalidateQueries({ queryKey: rulesKey, exact: true }),
  });
}

export function useCancelPageRules() {
  const client = useQueryClient();
  return useMutation({
    mutationFn: () => unwrap(api.POST("/api/page-categories/cancel")),
    onSettled: () => client.invalidateQueries({ queryKey: rulesKey, exact: true }),
  });
}

export const isUnderWay = (state: string | undefined) => state === "queued" || state === "running";
