import type { AttributeKind } from "@/api/types";

export const kinds = ["text", "number", "date", "boolean", "category", "multiple_choice"] as const satisfies readonly AttributeKind[];

/** Whether values of this kind are chosen from options. */
export function hasOptions(kind: AttributeKind): boolean {
  return kind === "category" || kind === "multiple_choice";
}
