/** Moving the focus through the graph by meaning: on, back, and between branches. */

import { type Catalog, portsOf } from "./catalog";
import type { AutomationDocument } from "./document";
import { edgesFrom, edgesInto, nodeById } from "./graph";
import { positionsOf } from "./layout";

export type Direction = "next" | "back" | "left" | "right";

/** The step to go to from `id`, or null when there is none that way. Without `id`, the first step. */
export function stepFrom(
  document: AutomationDocument,
  catalog: Catalog,
  id: string | null,
  direction: Direction,
): string | null {
  const node = id === null ? undefined : nodeById(document, id);
  if (!node) {
    return document.nodes[0]?.id ?? null;
  }
  if (direction === "next") {
    const ports = portsOf(node, document, catalog).map((port) => port.key);
    const ways = edgesFrom(document, node.id);
    return ways.toSorted((one, other) => ports.indexOf(one.port) - ports.indexOf(other.port))[0]?.to ?? null;
  }
  if (direction === "back") {
    return edgesInto(document, node.id)[0]?.from ?? null;
  }
  return beside(document, catalog, node.id, direction === "left" ? -1 : 1);
}

/** Where to go on once these steps are gone: the step before them, else the one after. */
export function neighbourOf(document: AutomationDocument, ids: readonly string[]): string | null {
  const gone = new Set(ids);
  const before = document.edges.find((edge) => gone.has(edge.to) && !gone.has(edge.from));
  const after = document.edges.find((edge) => gone.has(edge.from) && !gone.has(edge.to));
  return before?.from ?? after?.to ?? null;
}

/** The nearest step on the same height, to the left (-1) or right (1). */
function beside(document: AutomationDocument, catalog: Catalog, id: string, side: -1 | 1): string | null {
  const positions = positionsOf(document, catalog);
  const here = positions[id] ?? [0, 0];
  const nearest = Object.entries(positions)
    .map(([other, [x, y]]) => ({ other, ahead: (x - here[0]) * side, off: Math.abs(y - here[1]) }))
    .filter(({ other, ahead, off }) => other !== id && ahead > 0 && off < ahead)
    .toSorted((one, other) => one.off * 4 + one.ahead - (other.off * 4 + other.ahead));
  return nearest[0]?.other ?? null;
}
