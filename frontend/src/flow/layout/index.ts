/** Where every node stands: laid out by itself, unless a person placed it. Same document, same picture. */

import type { Catalog } from "@/flow/catalog";
import type { AutomationDocument, Position, Positions } from "@/flow/document";
import { edgeKey } from "@/flow/document";
import { columnsOf } from "./columns";
import { COLUMN_GAP, NODE_HEIGHT, NODE_WIDTH, roomForBends, ROW } from "./geometry";
import { type Item, type Layers, layersOf } from "./layers";

export * from "./geometry";

export interface Picture {
  readonly positions: Positions;
  /** Where edges that pass rows run down between the steps: the middle of their lane, by the edge's key. */
  readonly lanes: Readonly<Record<string, number>>;
}

/** Positions of all nodes: see `pictureOf`. */
export function positionsOf(document: AutomationDocument, catalog: Catalog): Positions {
  return pictureOf(document, catalog).positions;
}

/**
 * Where everything stands: nodes that a person placed where they were placed, the others tidily, carried along by
 * their parents. The first root stands at the origin, so that what is added elsewhere does not move it.
 */
export function pictureOf(document: AutomationDocument, catalog: Catalog): Picture {
  const known = pictures.get(document);
  if (known?.catalog === catalog) return known.picture;
  const layers = layersOf(document, catalog);
  const tidy = tidyPicture(layers);
  const picture = Object.keys(document.layout).length === 0 ? tidy : carried(document, layers, tidy);
  pictures.set(document, { catalog, picture });
  return picture;
}

/** A document never changes, and neither does its picture: many ask for it. */
const pictures = new WeakMap<AutomationDocument, { readonly catalog: Catalog; readonly picture: Picture }>();

function tidyPicture(layers: Layers): Picture {
  const middles = columnsOf(layers);
  const items = layers.rows.flat();
  const tops = topsOf(layers);
  const origin = (items[0] && middles.get(items[0])) ?? 0;
  const x = (item: Item): number => Math.round((middles.get(item) ?? 0) - origin);
  const nodes = items.filter((item) => item.node !== null);
  const lanes = items.filter((item) => item.edge !== null);
  return {
    positions: Object.fromEntries(nodes.map((item) => [item.node, [x(item), tops[item.row] ?? 0] as const])),
    lanes: Object.fromEntries(lanes.map((item) => [item.edge, x(item) + NODE_WIDTH / 2])),
  };
}

function topsOf({ rows }: Layers): number[] {
  let top = 0;
  return rows.map((row) => {
    const here = top;
    top += ROW + Math.max(...row.map((item) => roomForBends(item.ports)));
    return here;
  });
}

function carried(document: AutomationDocument, { parents }: Layers, tidy: Picture): Picture {
  const result: Record<string, Position> = { ...document.layout };
  const shifts = new Map<string, Position>();
  let rootShift: Position = [0, 0];
  for (const [id, above] of parents) {
    const [x, y] = tidy.positions[id] ?? [0, 0];
    const placed = document.layout[id];
    const shift = above.length > 0 ? meanShift(above, shifts) : rootShift;
    const position = placed ?? freeSpot([x + shift[0], y + shift[1]], result);
    result[id] = position;
    shifts.set(id, [position[0] - x, position[1] - y]);
    if (above.length === 0) {
      rootShift = [position[0] - x, position[1] - y];
    }
  }
  return { positions: result, lanes: carriedLanes(document, tidy, shifts) };
}

/** Lanes of edges whose two ends moved alike; others are not to be relied on. */
function carriedLanes(document: AutomationDocument, tidy: Picture, shifts: Map<string, Position>): Picture["lanes"] {
  const lanes: Record<string, number> = {};
  for (const edge of document.edges) {
    const lane = tidy.lanes[edgeKey(edge)];
    const [from, to] = [shifts.get(edge.from), shifts.get(edge.to)];
    if (lane !== undefined && from && to && from[0] === to[0] && from[1] === to[1]) {
      lanes[edgeKey(edge)] = lane + from[0];
    }
  }
  return lanes;
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
