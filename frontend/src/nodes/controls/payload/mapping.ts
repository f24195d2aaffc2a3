/** Pure logic of the mapping: what stands where in the JSON that is sent. */

import type { Json, JsonObject } from "@/flow/document";
import { asObject } from "@/flow/json";

export const identifiers = ["email", "ext_id", "phone"] as const;

/** The mapping with a path for one of its parts; without the part when the path is empty, nothing when none is left. */
export function withPath(mapping: JsonObject, part: string, path: string): JsonObject | undefined {
  return kept({ ...mapping, [part]: path || null });
}

/** The mapping with a path for an attribute, which may still be empty; null takes the attribute out. */
export function withAttribute(mapping: JsonObject, name: string, path: string | null): JsonObject | undefined {
  const attributes = kept({ ...asObject(mapping["attributes"]), [name]: path });
  return kept({ ...mapping, attributes: attributes ?? null });
}

function kept(parts: Record<string, Json | null>): JsonObject | undefined {
  const given = Object.entries(parts).filter(([, part]) => part !== null);
  return given.length > 0 ? Object.fromEntries(given) : undefined;
}
