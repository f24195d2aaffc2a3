/** Where every node stands: laid out by itself, unless a person placed it. Same document, same picture. */

import type { Catalog } from "@/flow/catalog";
import type { AutomationDocument, Position, Positions } from "@/flow/document";
import { columnsOf } from "./columns";
import { COLUMN_GAP, NODE_HEIGHT, NODE_WIDTH, ROW } from "./geometry";
import { type Layers, layersOf } from "./layers";

export * from "./geometry";

/** The tidy picture; the first root stands at the origin, so that what is added elsewhere does not move it. */
export function tidyPositions(document: AutomationDocument, catalog: Catalog): Positions {
  return positionsIn(layersOf(document, catalog));
}

/**
 * Positions of all nodes: placed ones where they were placed, the others as in the tidy picture, carried along by
 * their parents.
 */
export function positionsOf(document: AutomationDocument, catalog: Catalog): Positions {
  const layers = layersOf(document, catalog);
  const tidy = positionsIn(layers);
  return Object.keys(document.layout).length === 0 ? tidy : carried(document, layers, tidy);
}

function positionsIn(layers: Layers): Positions {
  const middles = columnsOf(layers);
  const items = layers.rows.flat().filter((item) => item.node !== null);
  const origin = (items[0] && middles.get(items[0])) ?? 0;
  return Object.fromEntries(
    items.map((item) => [item.node, [Math.round((middles.get(item) ?? 0) - origin), item.row * ROW] as const]),
  );
}

function carried(document: AutomationDocument, { parents }: Layers, tidy: Positions): Positions {
  const result: Record<string, Position> = { ...document.layout };
  const shifts = new Map<string, Position>();
  let rootShift: Position = [0, 0];
  for (const [id, above] of parents) {
    const [x, y] = tidy[id] ?? [0, 0];
    const placed = document.layout[id];
    const shift = above.length > 0 ? meanShift(above, shifts) : rootShift;
    const position = placed ?? freeSpot([x + shift[0], y + shift[1]], result);
    result[id] = position;
    shifts.set(id, [position[0] - x, position[1] - y]);
    if (above.length === 0) {
      rootShift = [position[0] - x, position[1] - y];
    }
  }
  return result;
}

function meanShift(ids: readonly string[], shifts: ReadonlyMap<string, Position>): Position {
  const all = ids.map((id) => shifts.get(id) ?? [0, 0]);
  const x = all.reduce((sum, shift) => sum + shift[0], 0) / all.length;
  return [Math.round(x), Math.max(...all.map((shift) => shift[1]))];
}

/** The first spot at or to the right of `wanted` where a card covers no other. */
export function freeSpot(wanted: Position, taken: Positions): Position {
  const others = Object.values(taken);
  let [x] = wanted;
  const [, y] = wanted;
  for (let hit = covering([x, y], others); hit; hit = covering([x, y], others)) {
    x = hit[0] + NODE_WIDTH + COLUMN_GAP;
  }
  return [x, y];
}

function covering([x, y]: Position, others: readonly Position[]): Position | undefined {
  return others.find((other) => Math.abs(other[0] - x) < NODE_WIDTH && Math.abs(other[1] - y) < NODE_HEIGHT);
}
