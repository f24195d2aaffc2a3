import { keepPreviousData, useQuery } from "@tanstack/react-query";

import { api, unwrap } from "./client";

/** A few companies for a picker. */
export function useCompanySearch(search: string) {
  return useQuery({
    queryKey: ["companies", search],
    queryFn: () =>
      unwrap(api.GET("/api/companies", { params: { query: { ...(search && { search }), limit: 8 } } })),
    placeholderData: keepPreviousData,
  });
}
