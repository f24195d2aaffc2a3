/** Looking for words in the steps of one automation. */

import { isObject } from "./json";
import type { FlowNode, Json } from "./document";

/** Names of things that configurations refer to by number, by the field that refers to them. */
export type Names = Readonly<Record<string, ReadonlyMap<number, string>>>;

export interface Found {
  readonly node: string;
  /** What was found, in the words it stands in. */
  readonly words: string;
}

/** The steps of which something holds the text, in their order: the name of the type, the summary, or any setting. */
export function findSteps(
  nodes: readonly FlowNode[],
  text: string,
  said: (node: FlowNode) => readonly string[],
  names: Names,
): Found[] {
  const wanted = text.trim().toLocaleLowerCase();
  if (wanted === "") return [];
  return nodes.flatMap((node) => {
    const words = [...said(node), ...settingsOf(node.config, names)].find((each) => each.toLocaleLowerCase().includes(wanted));
    return words === undefined ? [] : [{ node: node.id, words }];
  });
}

/** Every text in a configuration, and the names of what it refers to by number. */
function settingsOf(value: Json, names: Names, field = ""): string[] {
  if (typeof value === "string") return [value];
  if (typeof value === "number") return [names[field]?.get(value) ?? []].flat();
  if (isObject(value)) return Object.entries(value).flatMap(([key, each]) => settingsOf(each, names, key));
  return Array.isArray(value) ? (value as readonly Json[]).flatMap((each) => settingsOf(each, names, field)) : [];
}
