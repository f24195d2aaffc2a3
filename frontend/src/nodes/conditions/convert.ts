/**
 * Between the written form of a condition and the query that react-querybuilder edits. Nothing is lost either way:
 * what the builder cannot show is carried along.
 */

import type { RuleType } from "react-querybuilder";

import type { Json, JsonObject } from "@/flow/document";
import { asObject, isObject, present } from "@/flow/json";


/** A rule's field is the subject's keyword, and what it names: `attribute:SCORE`, `events:email_opened`, `list`. */
export interface Rule extends RuleType {
  /** Keys of the written comparison that the builder does not know. */
  extra?: JsonObject;
}

export interface Group {
  id?: string;
  combinator: string;
  not?: boolean;
  rules: (Rule | Group)[];
  /** Stands for its only rule: the written form has no group around it. */
  bare?: boolean;
}

export const NOT_CHOSEN = "~";
const UNKNOWN = "unknown";
const NAMED = ["attribute", "field", "event", "company", "events"] as const;

export function fieldOf(keyword: string, name?: string): string {
  return name === undefined ? keyword : `${keyword}:${name}`;
}

/** Split a rule's field into keyword and name. */
export function partsOf(field: string): { keyword: string; name: string } {
  const colon = field.indexOf(":");
  return colon < 0 ? { keyword: field, name: "" } : { keyword: field.slice(0, colon), name: field.slice(colon + 1) };
}

export function toQuery(condition: JsonObject): Group {
  const part = toPart(condition);
  return isGroup(part) ? part : { combinator: "and", rules: [part], bare: true };
}

export function toCondition(query: Group): JsonObject {
  return fromGroup(query) ?? { all: [] };
}

export function isGroup(part: Group | Rule): part is Group {
  return "combinator" in part;
}

function toPart(condition: JsonObject): Group | Rule {
  if (Array.isArray(condition["all"])) {
    return { combinator: "and", rules: parts(condition["all"] as readonly Json[]) };
  }
  if (Array.isArray(condition["any"])) {
    return { combinator: "or", rules: parts(condition["any"] as readonly Json[]) };
  }
  if (isObject(condition["not"])) {
    const inner = toPart(condition["not"]);
    const plain = isGroup(inner) && !inner.not && !inner.bare;
    return plain ? { ...inner, not: true } : { combinator: "and", not: true, rules: [inner], bare: true };
  }
  return toRule(condition);
}

function parts(conditions: readonly Json[]): (Group | Rule)[] {
  return conditions.map((each) => (isObject(each) ? toPart(each) : unknownRule(each)));
}

function toRule(leaf: JsonObject): Rule {
  const { op, value, ...rest } = leaf;
  const operator = typeof op === "string" ? op : "";
  for (const keyword of NAMED) {
    const { [keyword]: name, ...others } = rest;
    if (typeof name === "string") {
      return keyword === "events"
        ? { field: fieldOf(keyword, name), operator, value: present({ ...others, count: value }) }
        : { field: fieldOf(keyword, name), operator, value, ...extra(others) };
    }
  }
  if (rest["owner"] === true) {
    const { owner: _, ...others } = rest;
    return { field: "owner", operator, value, ...extra(others) };
  }
  if (rest["visit"] === true && value === undefined) {
    const { visit: _, ...others } = rest;
    return { field: "visit", operator, value, ...extra(others) };
  }
  if (isObject(rest["deals"])) {
    const { deals, ...others } = rest;
    return { field: "deals", operator, value: present({ which: deals, count: value }), ...extra(others) };
  }
  for (const keyword of ["list", "tag", "consent"]) {
    const { [keyword]: which, ...others } = rest;
    if (which !== undefined && value === undefined) {
      return { field: keyword, operator, value: which, ...extra(others) };
    }
  }
  return unknownRule(leaf);
}

function unknownRule(written: Json): Rule {
  return { field: UNKNOWN, operator: "=", value: written };
}

function fromGroup(group: Group): JsonObject | null {
  const inner = group.rules.map((part) => (isGroup(part) ? fromGroup(part) : fromRule(part))).filter(isPresent);
  const [only] = inner;
  const bare = group.bare === true && group.combinator === "and" && inner.length === 1;
  const written = bare && only ? only : { [group.combinator === "or" ? "any" : "all"]: inner };
  return isObject(written) && group.not ? { not: written } : written;
}

/** The written comparison; null while nothing was chosen to compare. */
function fromRule({ field, operator, value, extra: others = {} }: Rule): JsonObject | null {
  const { keyword, name } = partsOf(field);
  const given = value as Json | undefined;
  const op = { op: operator };
  switch (keyword) {
    case NOT_CHOSEN:
    case "":
      return null;
    case UNKNOWN:
      return given as JsonObject;
    case "list":
    case "tag":
    case "consent":
      return { ...others, [keyword]: given ?? null, ...op };
    case "owner":
      return { ...others, owner: true, ...op, ...valueKey(given) };
    case "visit":
      return { ...others, visit: true, ...op };
    case "deals": {
      const { which = {}, count } = asObject(given);
      return { ...others, deals: which, ...op, ...valueKey(count) };
    }
    case "events": {
      const { count, ...rest } = asObject(given);
      return { events: name, ...rest, ...op, ...valueKey(count) };
    }
    default:
      return { ...others, [keyword]: name, ...op, ...valueKey(given) };
  }
}

function valueKey(value: Json | undefined): JsonObject {
  return value === undefined ? {} : { value };
}

function extra(others: JsonObject): { extra?: JsonObject } {
  return Object.keys(others).length > 0 ? { extra: others } : {};
}

function isPresent<T>(value: T | null): value is T {
  return value !== null;
}
