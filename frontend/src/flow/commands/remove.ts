/** Removing steps, joining what stood before and after them. */

import { type Catalog, portsOf } from "@/flow/catalog";
import type { AutomationDocument, FlowEdge } from "@/flow/document";
import { edgesFrom, nodeById, reachableFrom } from "@/flow/graph";
import { groupsOf, withGroups } from "@/flow/groups";

import { type Edit, typesOf } from "./edit";

/**
 * How what is left is joined: `clear` where only one way led on, `first` by the first branch of a split too,
 * `none` never.
 */
export type Join = "clear" | "first" | "none";

export function removeNodes(
  document: AutomationDocument,
  catalog: Catalog,
  ids: readonly string[],
  join: Join = "clear",
): Edit {
  const gone = new Set(ids);
  const edges = document.edges
    .filter((edge) => !gone.has(edge.from))
    .flatMap((edge) => joined(document, catalog, edge, gone, join));
  const left = {
    ...document,
    nodes: document.nodes.filter((node) => !gone.has(node.id)),
    edges,
    layout: Object.fromEntries(Object.entries(document.layout).filter(([id]) => !gone.has(id))),
  };
  const grouped = withGroups(left, groupsOf(document));
  return { name: "remove", document: grouped, types: typesOf(document, gone), touched: [] };
}

/** The edge, led past removed steps to the first that stays; nothing when there is none. */
function joined(
  document: AutomationDocument,
  catalog: Catalog,
  edge: FlowEdge,
  gone: ReadonlySet<string>,
  join: Join,
): FlowEdge[] {
  const passed = new Set<string>();
  let to: string | undefined = edge.to;
  while (to !== undefined && gone.has(to)) {
    if (join === "none" || passed.has(to)) {
      return [];
    }
    passed.add(to);
    to = wayOn(document, catalog, to, join);
  }
  return to === undefined ? [] : [{ ...edge, to }];
}

function wayOn(document: AutomationDocument, catalog: Catalog, id: string, join: Join): string | undefined {
  const ways = edgesFrom(document, id);
  if (ways.length < 2 || join === "clear") {
    return ways.length === 1 ? ways[0]?.to : undefined;
  }
  const node = nodeById(document, id);
  const ports = node ? portsOf(node, document, catalog).map((port) => port.key) : [];
  return ways.toSorted((one, other) => ports.indexOf(one.port) - ports.indexOf(other.port))[0]?.to;
}

/** Steps that lose every way to them when `ids` are removed: what a warning names. */
export function cutOff(document: AutomationDocument, catalog: Catalog, ids: readonly string[], join: Join): string[] {
  const { document: left } = removeNodes(document, catalog, ids, join);
  const starts = left.nodes.filter((node) => catalog.get(node.type)?.kind === "trigger").map((node) => node.id);
  const reached = reachableFrom(left, starts);
  const triggers = document.nodes.filter((node) => catalog.get(node.type)?.kind === "trigger");
  const before = reachableFrom(
    document,
    triggers.map((node) => node.id),
  );
  return left.nodes.map((node) => node.id).filter((id) => before.has(id) && !reached.has(id));
}

/** Steps that contacts at `crowded` no longer come to once `ids` are removed: they go themselves, or are cut off. */
export function missedFrom(
  document: AutomationDocument,
  catalog: Catalog,
  ids: readonly string[],
  join: Join,
  crowded: readonly string[],
): string[] {
  const lost = new Set([...ids, ...cutOff(document, catalog, ids, join)]);
  const ahead = reachableFrom(
    document,
    crowded.flatMap((id) => edgesFrom(document, id).map((edge) => edge.to)),
  );
  return document.nodes.map((node) => node.id).filter((id) => lost.has(id) && ahead.has(id));
}

/** Steps that the ways into `ids` lead to once these are removed. */
export function ledTo(document: AutomationDocument, catalog: Catalog, ids: readonly string[], join: Join): string[] {
  const gone = new Set(ids);
  const ways = document.edges.filter((edge) => !gone.has(edge.from) && gone.has(edge.to));
  return [...new Set(ways.flatMap((edge) => joined(document, catalog, edge, gone, join)).map((edge) => edge.to))];
}
