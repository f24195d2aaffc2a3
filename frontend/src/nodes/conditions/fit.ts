/** Keeping as much of a comparison's value as fits when its operator changes. */

import type { Json } from "@/flow/document";

import type { Shape } from "./subjects";

/** The value in the form `shape` asks for; undefined where nothing of it fits. */
export function fitValue(value: Json | undefined, shape: Shape): Json | undefined {
  const list = Array.isArray(value) ? (value as readonly Json[]) : undefined;
  const [first] = list ?? [value];
  switch (shape) {
    case "none":
      return undefined;
    case "many":
      return texts(list ?? (value === undefined ? [] : [value]));
    case "range":
      return list?.length === 2 ? value : undefined;
    case "number":
    case "duration":
      return typeof first === "number" ? first : undefined;
    case "date":
      return typeof first === "string" && /^\d{4}-\d{2}-\d{2}$/.test(first) ? first : undefined;
    case "one":
      return typeof first === "object" ? undefined : first;
  }
}

function texts(list: readonly Json[]): string[] | undefined {
  const kept = list.filter((each) => typeof each === "string" || typeof each === "number").map(String);
  return kept.length > 0 ? kept : undefined;
}
