import { keepPreviousData, useQuery } from "@tanstack/react-query";

import { api, unwrap } from "./client";
import type { Company, Page } from "./types";

/** A few companies for a picker. */
export function useCompanySearch(search: string) {
  return useQuery({
    queryKey: ["companies", search],
    queryFn: () =>
      unwrap<Page<Company>>(api.GET("/api/companies", { params: { query: { ...(search && { search }), limit: 8 } } })),
    placeholderData: keepPreviousData,
  });
}
