/** First half of the layout: which row every node stands in, and in what order. */

import { type Catalog, portsOf } from "@/flow/catalog";
import type { AutomationDocument, FlowEdge, FlowNode } from "@/flow/document";
import { edgeKey } from "@/flow/document";
import { portOffset } from "./geometry";

/** Something that takes room in a row: a node with its ports, or the lane of an edge (by its key) that passes. */
export interface Item {
  readonly node: string | null;
  readonly edge: string | null;
  readonly row: number;
  readonly ports: number;
}

/** A piece of an edge between neighbouring rows; `offset` is where it leaves the upper item, from its middle. */
export interface Link {
  readonly upper: Item;
  readonly lower: Item;
  readonly offset: number;
}

export interface Layers {
  readonly rows: readonly (readonly Item[])[];
  readonly links: readonly Link[];
  /** Every node's parents, along edges that do not close a circle. Keys stand in an order where parents come first. */
  readonly parents: ReadonlyMap<string, readonly string[]>;
}

interface Way {
  readonly key: string;
  readonly to: string;
  readonly offset: number;
}

/** Nothing here depends on the order in which nodes and edges are written. */
export function layersOf(written: AutomationDocument, catalog: Catalog): Layers {
  const document = { ...written, nodes: written.nodes.toSorted(byId) };
  const ways = withoutCircles(document, waysOut(document, catalog));
  const parents = parentsOf(document, ways);
  const rowOf = longestPaths(parents);
  const ports = new Map(document.nodes.map((node) => [node.id, portsOf(node, document, catalog).length]));
  return { ...place(roots(parents, document), ways, rowOf, ports), parents };
}

/** Made once: comparing by language and options makes one for each pair. */
const { compare } = new Intl.Collator("en", { numeric: true });

function byId(one: FlowNode, other: FlowNode): number {
  return compare(one.id, other.id);
}

function waysOut(document: AutomationDocument, catalog: Catalog): Map<string, Way[]> {
  const ids = new Set(document.nodes.map((node) => node.id));
  const byNode = new Map<string, FlowEdge[]>();
  for (const edge of document.edges) {
    if (ids.has(edge.to)) {
      byNode.set(edge.from, [...(byNode.get(edge.from) ?? []), edge]);
    }
  }
  return new Map(
    document.nodes.map((node) => {
      const ports = portsOf(node, document, catalog).map((port) => port.key);
      const edges = (byNode.get(node.id) ?? []).toSorted((a, b) => ports.indexOf(a.port) - ports.indexOf(b.port));
      return [node.id, edges.map((edge) => wayOf(edge, ports))];
    }),
  );
}

function wayOf(edge: FlowEdge, ports: readonly string[]): Way {
  const index = ports.indexOf(edge.port);
  return { key: edgeKey(edge), to: edge.to, offset: index < 0 ? 0 : portOffset(index, ports.length) };
}

/** Drop ways that lead back; only an imported document can have them. */
function withoutCircles(document: AutomationDocument, ways: Map<string, Way[]>): Map<string, Way[]> {
  const state = new Map<string, "open" | "done">();
  const kept = new Map<string, Way[]>();
  for (const { id } of document.nodes) {
    const stack = state.has(id) ? [] : [{ id, at: 0 }];
    while (stack.length > 0) {
      const top = stack[stack.length - 1];
      if (!top) {
        break;
      }
      const way = ways.get(top.id)?.[top.at];
      state.set(top.id, way ? "open" : "done");
      if (!way) {
        stack.pop();
        continue;
      }
      top.at += 1;
      if (state.get(way.to) !== "open") {
        kept.set(top.id, [...(kept.get(top.id) ?? []), way]);
        if (!state.has(way.to)) {
          stack.push({ id: way.to, at: 0 });
        }
      }
    }
  }
  return kept;
}

/** Parents of every node, ordered so that parents come before their children. */
function parentsOf(document: AutomationDocument, ways: Map<string, Way[]>): Map<string, string[]> {
  const parents = new Map(document.nodes.map((node) => [node.id, [] as string[]]));
  for (const [from, outs] of ways) {
    for (const { to } of outs) {
      parents.get(to)?.push(from);
    }
  }
  const missing = new Map([...parents].map(([id, above]) => [id, above.length]));
  const ready = document.nodes.map((node) => node.id).filter((id) => missing.get(id) === 0);
  const ordered = new Map<string, string[]>();
  for (const id of ready) {
    ordered.set(id, parents.get(id) ?? []);
    for (const { to } of ways.get(id) ?? []) {
      const left = (missing.get(to) ?? 0) - 1;
      missing.set(to, left);
      if (left === 0) {
        ready.push(to);
      }
    }
  }
  return ordered;
}

function longestPaths(parents: ReadonlyMap<string, readonly string[]>): Map<string, number> {
  const rowOf = new Map<string, number>();
  for (const [id, above] of parents) {
    rowOf.set(id, above.reduce((row, parent) => Math.max(row, (rowOf.get(parent) ?? 0) + 1), 0));
  }
  return rowOf;
}

function roots(parents: ReadonlyMap<string, readonly string[]>, document: AutomationDocument): string[] {
  return document.nodes.map((node) => node.id).filter((id) => parents.get(id)?.length === 0);
}

/** Walk depth first, branches in port order, so that a row never swaps branches; long edges get lanes of their own. */
function place(
  starts: readonly string[],
  ways: Map<string, Way[]>,
  rowOf: Map<string, number>,
  ports: Map<string, number>,
): Omit<Layers, "parents"> {
  const rows: Item[][] = [];
  const links: Link[] = [];
  const items = new Map<string, Item>();
  const add = (node: string | null, edge: string | null, row: number): Item => {
    const item = { node, edge, row, ports: ports.get(node ?? "") ?? 0 };
    (rows[row] ??= []).push(item);
    return item;
  };
  const stack = starts.toReversed().map((id) => ({ id, from: null as Item | null, edge: "", offset: 0 }));
  for (let visit = stack.pop(); visit; visit = stack.pop()) {
    const row = rowOf.get(visit.id) ?? 0;
    let { from, offset } = visit;
    while (from && from.row < row - 1) {
      const lane = add(null, visit.edge, from.row + 1);
      links.push({ upper: from, lower: lane, offset });
      [from, offset] = [lane, 0];
    }
    const seen = items.get(visit.id);
    const item = seen ?? add(visit.id, null, row);
    items.set(visit.id, item);
    if (from) {
      links.push({ upper: from, lower: item, offset });
    }
    if (!seen) {
      const outs = (ways.get(visit.id) ?? []).toReversed();
      stack.push(...outs.map((way) => ({ id: way.to, from: item, edge: way.key, offset: way.offset })));
    }
  }
  return { rows, links };
}
