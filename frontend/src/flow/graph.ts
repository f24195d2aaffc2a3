/** Questions about the drawn graph. All take time linear in its size. */

import { type Catalog, portsOf } from "./catalog";
import type { AutomationDocument, Exit, FlowEdge, FlowNode } from "./document";
import { sameExit } from "./document";

export function nodeById(document: AutomationDocument, id: string): FlowNode | undefined {
  return document.nodes.find((node) => node.id === id);
}

export function edgeAt(document: AutomationDocument, exit: Exit): FlowEdge | undefined {
  return document.edges.find((edge) => sameExit(edge, exit));
}

export function edgesFrom(document: AutomationDocument, id: string): FlowEdge[] {
  return document.edges.filter((edge) => edge.from === id);
}

export function edgesInto(document: AutomationDocument, id: string): FlowEdge[] {
  return document.edges.filter((edge) => edge.to === id);
}

/** Ids that can be reached from `starts` along the edges, `starts` included. */
export function reachableFrom(document: AutomationDocument, starts: Iterable<string>): Set<string> {
  const next = successors(document.edges);
  const seen = new Set<string>();
  const stack = [...starts];
  for (let id = stack.pop(); id !== undefined; id = stack.pop()) {
    if (!seen.has(id)) {
      seen.add(id);
      stack.push(...(next.get(id) ?? []));
    }
  }
  return seen;
}

/** Ids from which one of `ids` can be reached, `ids` included. */
export function leadingTo(document: AutomationDocument, ...ids: readonly string[]): Set<string> {
  const turned = document.edges.map((edge) => ({ ...edge, from: edge.to, to: edge.from }));
  return reachableFrom({ ...document, edges: turned }, ids);
}

/** Ids that any chain of edges joins with `id`, whichever way they run; `id` included. */
export function connectedWith(document: AutomationDocument, id: string): Set<string> {
  const turned = document.edges.map((edge) => ({ ...edge, from: edge.to, to: edge.from }));
  return reachableFrom({ ...document, edges: [...document.edges, ...turned] }, [id]);
}

/** Ways out that lead nowhere yet, in document and port order. */
export function openExits(document: AutomationDocument, catalog: Catalog): Exit[] {
  const taken = new Set(document.edges.map((edge) => `${edge.from}:${edge.port}`));
  return document.nodes.flatMap((node) =>
    portsOf(node, document, catalog)
      .filter((port) => !taken.has(`${node.id}:${port.key}`))
      .map((port) => ({ from: node.id, port: port.key })),
  );
}

function successors(edges: readonly FlowEdge[]): Map<string, string[]> {
  const next = new Map<string, string[]>();
  for (const edge of edges) {
    const ids = next.get(edge.from);
    if (ids) {
      ids.push(edge.to);
    } else {
      next.set(edge.from, [edge.to]);
    }
  }
  return next;
}
