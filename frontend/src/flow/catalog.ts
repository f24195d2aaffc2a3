/** What the editor knows of each kind of step: the answer of `GET /api/node-types`, by key. */

import type { AutomationDocument, FlowNode, JsonObject } from "./document";
import { asObject, listOf } from "./json";

export type StepKind = "trigger" | "rule" | "action";
/** `group` is the kind of the types that are made up for collapsed groups of steps: see `drawn.ts`. */
export type NodeKind = StepKind | "group";

export interface Port {
  readonly key: string;
  readonly label: string;
}

/**
 * How steps of a type get a way out: `always`; while the field `key` is `filled` in; or one for `each` branch that the
 * field `key` lists.
 */
export interface PortRule extends Port {
  readonly opens: "always" | "filled" | "each";
}

export interface NodeType {
  readonly key: string;
  readonly kind: NodeKind;
  readonly label: string;
  readonly description: string;
  readonly icon: string;
  readonly search: readonly string[];
  /** Its place among those that an empty canvas offers to begin with. */
  readonly suggested?: number | null;
  readonly ports: readonly PortRule[];
  readonly schema: JsonObject;
  readonly ui_schema: JsonObject;
  readonly example: JsonObject;
}

export type Catalog = ReadonlyMap<string, NodeType>;

/** The types by key, in the order of their names in that language. */
export function makeCatalog(types: readonly NodeType[], language = "en"): Catalog {
  const { compare } = new Intl.Collator(language);
  return new Map(types.toSorted((one, other) => compare(one.label, other.label)).map((type) => [type.key, type]));
}

/** The types that an empty canvas offers, in their order. */
export function suggestedTypes(catalog: Catalog): NodeType[] {
  const place = ({ suggested }: NodeType): number => suggested ?? Infinity;
  return [...catalog.values()].filter((type) => place(type) < Infinity).toSorted((one, other) => place(one) - place(other));
}

/** Ways out of a step of a known type, in order; its configuration need not be right. */
export function portsFor(type: NodeType, config: JsonObject): readonly Port[] {
  return type.ports.flatMap(({ key, label, opens }) => {
    if (opens === "always") {
      return [{ key, label }];
    }
    const value = config[key] ?? asObject(asObject(type.schema["properties"])[key])["default"];
    return opens === "each" ? branchesIn(listOf(value).map(asObject)) : value ? [{ key, label }] : [];
  });
}

function branchesIn(listed: readonly JsonObject[]): Port[] {
  return listed.flatMap(({ id, name }) =>
    typeof id === "string" ? [{ key: id, label: typeof name === "string" && name.trim() ? name : id }] : [],
  );
}

/** Ways out of a node, in order. A step of unknown type keeps those its edges use, so that nothing is lost. */
export function portsOf(node: FlowNode, document: AutomationDocument, catalog: Catalog): readonly Port[] {
  const known = catalog.get(node.type);
  if (known) {
    return portsFor(known, node.config);
  }
  const used = document.edges.filter((edge) => edge.from === node.id).map((edge) => edge.port);
  return [...new Set(used)].toSorted().map((key) => ({ key, label: key }));
}

export function isTrigger(node: FlowNode, catalog: Catalog): boolean {
  return catalog.get(node.type)?.kind === "trigger";
}

/** Types whose words contain every word of `query`, best first; `kinds` narrows them. */
export function searchTypes(
  types: Iterable<NodeType>,
  query: string,
  kinds: readonly NodeKind[] = ["trigger", "rule", "action"],
): NodeType[] {
  const words = fold(query).split(/\s+/).filter(Boolean);
  return [...types]
    .filter((type) => kinds.includes(type.kind))
    .map((type) => ({ type, rank: rankOf(type, words) }))
    .filter(({ rank }) => rank > 0)
    .toSorted((one, other) => other.rank - one.rank)
    .map(({ type }) => type);
}

function rankOf(type: NodeType, words: readonly string[]): number {
  const label = fold(type.label);
  const others = fold([type.description, type.key, ...type.search].join(" "));
  let rank = 1;
  for (const word of words) {
    if (label.startsWith(word)) {
      rank += 4;
    } else if (label.includes(word)) {
      rank += 3;
    } else if (others.includes(word)) {
      rank += 1;
    } else {
      return 0;
    }
  }
  return rank;
}

function fold(text: string): string {
  return text.normalize("NFD").replaceAll(/\p{M}/gu, "").toLowerCase();
}
