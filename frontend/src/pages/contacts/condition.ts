import type { Condition } from "@/api/types";

export const everybody: Condition = { all: [] };

function isCondition(value: unknown): value is Condition {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

/** How many comparisons a condition is made of. */
export function countLeaves(condition: Condition): number {
  const { all, any, not } = condition;
  const parts = [all, any].find(Array.isArray) ?? (isCondition(not) ? [not] : undefined);
  if (!parts) return 1;
  return parts.filter(isCondition).reduce((sum, part) => sum + countLeaves(part), 0);
}
