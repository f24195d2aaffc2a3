/** Pure logic of the mapping: what stands where in the JSON that is sent. */

import type { Json, JsonObject } from "@/flow/document";
import { asObject } from "@/flow/json";
import { textOf } from "@/nodes/controls/common";

export const identifiers = ["email", "ext_id", "phone"] as const;
/** Everything besides attributes that a value may be. */
export const targets = [...identifiers, "message_id"] as const;

/** What a value is taken for: a part of the mapping, or an attribute. */
export interface Use {
  readonly kind: "part" | "attribute";
  readonly name: string;
  readonly path: string;
}

/** The mapping with a path for one of its parts; without the part when the path is empty, nothing when none is left. */
export function withPath(mapping: JsonObject, part: string, path: string): JsonObject | undefined {
  return kept({ ...mapping, [part]: path || null });
}

/** The mapping with a path for an attribute, which may still be empty; null takes the attribute out. */
export function withAttribute(mapping: JsonObject, name: string, path: string | null): JsonObject | undefined {
  const attributes = kept({ ...asObject(mapping["attributes"]), [name]: path });
  return kept({ ...mapping, attributes: attributes ?? null });
}

/** What the mapping takes from each path: parts by their key, attributes by their name. */
export function usesOf(mapping: JsonObject): ReadonlyMap<string, readonly Use[]> {
  const { attributes, ...parts } = mapping;
  const uses: Use[] = [
    ...Object.entries(parts).map(([name, path]) => ({ kind: "part" as const, name, path: textOf(path) })),
    ...Object.entries(asObject(attributes)).map(([name, path]) => ({
      kind: "attribute" as const,
      name,
      path: textOf(path),
    })),
  ];
  return Map.groupBy(
    uses.filter(({ path }) => path !== ""),
    ({ path }) => path,
  );
}

/** The mapping without anything that is taken from the path. */
export function withoutPath(mapping: JsonObject, path: string): JsonObject | undefined {
  const attributes = Object.entries(asObject(mapping["attributes"])).filter(([, each]) => each !== path);
  const rest = Object.entries(mapping).filter(([part, each]) => part !== "attributes" && each !== path);
  return kept({ ...Object.fromEntries(rest), attributes: kept(Object.fromEntries(attributes)) ?? null });
}

/** The mapping as it could be tried: without attributes whose path is not chosen yet; nothing while it names nobody. */
export function triable(mapping: JsonObject): JsonObject | undefined {
  return identifiers.some((kind) => mapping[kind]) ? withoutPath(mapping, "") : undefined;
}

function kept(parts: Record<string, Json | null>): JsonObject | undefined {
  const given = Object.entries(parts).filter(([, part]) => part !== null);
  return given.length > 0 ? Object.fromEntries(given) : undefined;
}
