import type { MergeField } from "@/api/types";
import type { Formats } from "@/ui/format";

export type Way = MergeField["ways"][number];

/** Whether there is something to choose: two contacts that say the same need nobody to. */
export function isOpen({ kept, other, ways }: MergeField): boolean {
  return ways.length > 2 || JSON.stringify(kept) !== JSON.stringify(other);
}

const choices = (value: unknown): string[] => (Array.isArray(value) ? value.map(String) : []);

/** What a way of combining two values comes to, in words; nothing where one of them is empty, as then it is the other. */
export function together({ kind, kept, other }: MergeField, way: Way, format: Pick<Formats, "number" | "date">): string | null {
  if (kept === null || other === null) return null;
  if (way === "both") return [...new Set([...choices(kept), ...choices(other)])].join(", ");
  if (typeof kept === "number" && typeof other === "number")
    return format.number(way === "sum" ? kept + other : Math.max(kept, other));
  if (kind !== "date" || typeof kept !== "string" || typeof other !== "string") return null;
  return format.date(kept > other ? kept : other);
}
