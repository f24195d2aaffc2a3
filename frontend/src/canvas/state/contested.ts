/** Settings that are being changed here while others applied something else. */

import type { FlowNode, Json, JsonObject } from "@/flow/document";
import { present } from "@/flow/json";
import { same, type Side } from "@/flow/merge";

import type { Draft } from "./store";

type Values = NonNullable<Draft["began"]>;

/** What `began` becomes when others apply `after` where `before` was. */
export function begunBefore({ config, began = {} }: Draft, before: JsonObject, after: JsonObject): Values {
  const names = new Set([...Object.keys(before), ...Object.keys(config)]);
  const touched = [...names].filter((name) => !same(config[name], before[name]));
  const first = (name: string): Json | undefined => (name in began ? began[name] : before[name]);
  return Object.fromEntries(touched.map((name) => [name, first(name)] as const).filter(([name, was]) => !same(was, after[name])));
}

/** The settings that would be overwritten if the draft were applied now. */
export function contestedOf(draft: Draft | null, node: FlowNode | undefined): string[] {
  if (!draft?.began || !node || draft.node !== node.id) return [];
  return Object.keys(draft.began).filter((name) => !same(draft.config[name], node.config[name]));
}

/** The draft once it is said whose these settings stay. */
export function decided(draft: Draft, node: FlowNode, names: readonly string[], prefer: Side): Draft {
  const began = Object.fromEntries(Object.entries(draft.began ?? {}).filter(([name]) => !names.includes(name)));
  if (prefer === "mine") return { ...draft, began };
  const theirs = Object.fromEntries(names.map((name) => [name, node.config[name]]));
  return { ...draft, began, config: present({ ...draft.config, ...theirs }) };
}
