/** Reading parts of documents whose shape is not known. */

import type { Json, JsonObject } from "./document";

export function isObject(value: Json | undefined): value is JsonObject {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

/** The object itself, or an empty one for anything else. */
export function asObject(value: Json | undefined): JsonObject {
  return isObject(value) ? value : {};
}

/** The list itself, or an empty one for anything else. */
export function listOf(value: Json | undefined): readonly Json[] {
  return Array.isArray(value) ? (value as readonly Json[]) : [];
}

/** Without keys whose value is undefined. */
export function present(value: Record<string, Json | undefined>): JsonObject {
  return Object.fromEntries(Object.entries(value).filter(([, each]) => each !== undefined)) as JsonObject;
}
