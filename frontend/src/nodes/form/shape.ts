/** Pure logic of the generated form: what is shown, what counts, and where faults belong. */

import type { Json, JsonObject } from "@/flow/document";
import { asObject } from "@/nodes/json";

import type { FieldProblem } from "./types";

export interface Shown {
  schema: JsonObject;
  uiSchema: JsonObject;
}

/** The schemas without fields that the current values hide; each field is drawn by our own control. */
export function shownForm(schema: JsonObject, uiSchema: JsonObject, config: JsonObject): Shown {
  const names = Object.keys(asObject(schema["properties"])).filter((name) => isShown(name, schema, uiSchema, config));
  // Without types: our controls know them, and rjsf would fill in empty objects of its own.
  const properties = Object.fromEntries(names.map((name) => [name, { title: name }]));
  const required = listOf(schema["required"]).filter((name) => typeof name === "string" && names.includes(name));
  const order = listOf(uiSchema["ui:order"]).filter((name) => typeof name === "string" && names.includes(name));
  const drawn = names.map((name) => [name, { ...asObject(uiSchema[name]), ...BY_CONTROL }]);
  return {
    schema: { ...schema, properties, required },
    uiSchema: { ...uiSchema, ...(order.length > 0 && { "ui:order": [...order, "*"] }), ...Object.fromEntries(drawn) },
  };
}

const BY_CONTROL = { "ui:field": "control", "ui:fieldReplacesAnyOrOneOf": true } as const;

/** The configuration without values of hidden fields and without empty ones: what "Apply to step" stores. */
export function effectiveConfig(schema: JsonObject, uiSchema: JsonObject, config: JsonObject): JsonObject {
  const known = asObject(schema["properties"]);
  const kept = Object.entries(config).filter(
    ([name, value]) => isGiven(value) && (!(name in known) || isShown(name, schema, uiSchema, config)),
  );
  return Object.fromEntries(kept);
}

/** The values that a new step begins with. */
export function defaultConfig(schema: JsonObject): JsonObject {
  const defaults = Object.entries(asObject(schema["properties"])).map(
    ([name, field]) => [name, asObject(field)["default"]] as const,
  );
  return Object.fromEntries(defaults.filter((entry): entry is readonly [string, Json] => isGiven(entry[1])));
}

function isShown(name: string, schema: JsonObject, uiSchema: JsonObject, config: JsonObject, depth = 0): boolean {
  const options = asObject(asObject(uiSchema[name])["ui:options"]);
  return (
    depth > 8 ||
    Object.entries(asObject(options["showWhen"])).every(([other, values]) => {
      const fallback = asObject(asObject(schema["properties"])[other])["default"];
      const value = isGiven(config[other]) ? config[other] : fallback;
      return listOf(values).includes(value ?? null) && isShown(other, schema, uiSchema, config, depth + 1);
    })
  );
}

/** Faults by top-level field, in words; those that belong to no field stand under "". */
export function faultsByField(problems: readonly FieldProblem[], schema: JsonObject): Record<string, string> {
  const known = asObject(schema["properties"]);
  const words = new Map<string, string[]>();
  for (const { field, message, remedy } of problems) {
    const name = /^[^.[]*/.exec(field ?? "")?.[0] ?? "";
    const key = name in known ? name : "";
    words.set(key, [...(words.get(key) ?? []), remedy ? `${message} ${remedy}` : message]);
  }
  return Object.fromEntries([...words].map(([name, all]) => [name, [...new Set(all)].join(" ")]));
}

function isGiven(value: Json | undefined): value is Json {
  return value !== undefined && value !== null && value !== "";
}

function listOf(value: Json | undefined): readonly Json[] {
  return Array.isArray(value) ? (value as readonly Json[]) : [];
}
