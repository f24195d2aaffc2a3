import { useSearchParams } from "react-router";

import type { DealFilter } from "@/api/deals";
import type { DealStatus } from "@/api/types";

export const statuses = ["open", "won", "lost", "outdated"] as const satisfies readonly DealStatus[];

const number = (text: string | null) => Number(text) || null;

/** What the page shows, kept in its address, so that a link and "back" restore it. */
export function useAddress() {
  const [params, setParams] = useSearchParams();
  const change = (values: Record<string, string | number | null>) =>
    setParams(
      (before) => {
        const after = new URLSearchParams(before);
        for (const [name, value] of Object.entries(values)) {
          if (value === null || value === "") after.delete(name);
          else after.set(name, String(value));
        }
        return after;
      },
      { replace: true, preventScrollReset: true },
    );
  const status = params.get("status");
  const filter: DealFilter = {
    search: params.get("search") ?? "",
    pipeline: number(params.get("pipeline")),
    stage: number(params.get("stage")),
    status: statuses.find((known) => known === status) ?? null,
    owner: number(params.get("owner")),
    sort: params.get("sort") ?? "-modified_at",
  };
  return { filter, change, open: params.get("deal"), setOpen: (deal: number | "new" | null) => change({ deal }) };
}
