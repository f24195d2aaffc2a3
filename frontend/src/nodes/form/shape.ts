/** Pure logic of the generated form: what is shown, what counts, and where faults belong. */

import type { Json, JsonObject } from "@/flow/document";
import { asObject, isObject, listOf } from "@/flow/json";

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
  return Object.fromEntries(
    kept.map(([name, value]) => {
      const parts = asObject(asObject(asObject(uiSchema[name])["ui:options"])["parts"]);
      return [name, Array.isArray(value) ? listOf(value).map((item) => trimmed(item, parts, known, config)) : value];
    }),
  );
}

/** An item of a list of branches, without its empty and hidden parts. */
function trimmed(item: Json, parts: JsonObject, fields: JsonObject, config: JsonObject): Json {
  if (!isObject(item)) return item;
  const kept = Object.entries(item).filter(
    ([name, value]) => isGiven(value) && isPartShown(asObject(parts[name]), fields, config),
  );
  return Object.fromEntries(kept);
}

/** Whether a part of a branch is shown, by its own `ui` and the fields beside the list. */
export function isPartShown(ui: JsonObject, fields: JsonObject, config: JsonObject): boolean {
  return isMet(asObject(asObject(ui["ui:options"])["showWhen"]), fields, config);
}

/** Whether each of these fields has one of the values named for it. */
export function isMet(when: JsonObject, fields: JsonObject, config: JsonObject): boolean {
  return Object.entries(when).every(([other, values]) => listOf(values).includes(valueOf(other, fields, config)));
}

/** The values that a new step begins with. */
export function defaultConfig(schema: JsonObject): JsonObject {
  const defaults = Object.entries(asObject(schema["properties"])).map(
    ([name, field]) => [name, asObject(field)["default"]] as const,
  );
  return Object.fromEntries(defaults.filter((entry): entry is readonly [string, Json] => isGiven(entry[1])));
}

function isShown(name: string, schema: JsonObject, uiSchema: JsonObject, config: JsonObject, depth = 0): boolean {
  const fields = asObject(schema["properties"]);
  return (
    depth > 8 ||
    waitsFor(asObject(uiSchema[name])).every(
      ([other, values]) =>
        values.includes(valueOf(other, fields, config)) && isShown(other, schema, uiSchema, config, depth + 1),
    )
  );
}

/** The fields that something waits for, each with the values that show it. */
function waitsFor(ui: JsonObject): [string, readonly Json[]][] {
  const showWhen = asObject(asObject(ui["ui:options"])["showWhen"]);
  return Object.entries(showWhen).map(([other, values]) => [other, listOf(values)]);
}

/** What a field holds: its default while it is not filled in. */
function valueOf(name: string, fields: JsonObject, config: JsonObject): Json {
  const value = config[name];
  return (isGiven(value) ? value : asObject(fields[name])["default"]) ?? null;
}

/**
 * Faults by field, in words; those of a part of a branch by its path (`branches[0].name`), those that belong to no field
 * under "".
 */
export function faultsByField(problems: readonly FieldProblem[], schema: JsonObject): Record<string, string> {
  const known = asObject(schema["properties"]);
  const words = new Map<string, string[]>();
  for (const { field, message, remedy } of problems) {
    const [, name = "", index = "", part = ""] = /^([^.[]*)(\[\d+\])?(?:\.(\w+))?/.exec(field ?? "") ?? [];
    const parts = asObject(asObject(asObject(known[name])["items"])["properties"]);
    const key = index && part in parts ? `${name}${index}.${part}` : name in known ? name : "";
    words.set(key, [...(words.get(key) ?? []), remedy ? `${message} ${remedy}` : message]);
  }
  return Object.fromEntries([...words].map(([name, all]) => [name, [...new Set(all)].join(" ")]));
}

function isGiven(value: Json | undefined): value is Json {
  return value !== undefined && value !== null && value !== "";
}
