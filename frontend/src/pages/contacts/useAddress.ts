import { useSearchParams } from "react-router";

import type { ContactFilter } from "@/api/contacts";
import type { Condition } from "@/api/types";

const defaultSort = "-created_at";

/** The condition an address carries; anything that is no JSON object counts as none. */
export function parseCondition(text: string | null): Condition | null {
  if (!text) return null;
  try {
    const condition: unknown = JSON.parse(text);
    return typeof condition === "object" && condition !== null && !Array.isArray(condition)
      ? (condition as Condition)
      : null;
  } catch {
    return null;
  }
}

/** What the page shows, kept in its address, so that a link and "back" restore it. */
export function useAddress() {
  const [params, setParams] = useSearchParams();
  const change = (values: Record<string, string | null>) =>
    setParams(
      (before) => {
        const after = new URLSearchParams(before);
        for (const [name, value] of Object.entries(values)) {
          if (value) after.set(name, value);
          else after.delete(name);
        }
        return after;
      },
      { replace: true, preventScrollReset: true },
    );
  const segment = Number(params.get("segment")) || null;
  const condition = parseCondition(params.get("condition"));
  const search = params.get("search") ?? "";
  const sort = params.get("sort") ?? defaultSort;
  /** A condition being tried out stands in for the segment it was opened from. */
  const filter: ContactFilter = { search, sort, condition, segment: condition ? null : segment };
  return {
    filter,
    segment,
    creating: params.get("new") === "1",
    setSearch: (text: string) => change({ search: text }),
    setSort: (key: string) => change({ sort: key }),
    setSegment: (id: number | null) => change({ segment: id === null ? null : String(id), condition: null }),
    setCondition: (wanted: Condition | null) => change({ condition: wanted && JSON.stringify(wanted) }),
    setCreating: (open: boolean) => change({ new: open ? "1" : null }),
  };
}
