/** Second half of the layout: where in its row every item stands. */

import { COLUMN_GAP, LANE_WIDTH, NODE_WIDTH, widthWith } from "./geometry";
import type { Item, Layers, Link } from "./layers";

const ROUNDS = 24;

interface Pull {
  readonly other: Item;
  readonly offset: number;
  readonly weight: number;
}

/**
 * Find the middles that keep edges shortest (least squares) while no two items of a row overlap or swap.
 *
 * Rows are settled in turn, each exactly, down and up; that descends to the one best solution.
 */
export function columnsOf({ rows, links }: Layers): Map<Item, number> {
  const pulls = pullsOf(links);
  const middles = new Map<Item, number>();
  for (const row of rows) {
    row.forEach((item, index) => middles.set(item, (index - (row.length - 1) / 2) * (NODE_WIDTH + COLUMN_GAP)));
  }
  for (let round = 0; round < ROUNDS; round += 1) {
    for (const row of round % 2 ? rows.toReversed() : rows) {
      settle(row, pulls, middles);
    }
  }
  return middles;
}

function pullsOf(links: readonly Link[]): Map<Item, Pull[]> {
  const pulls = new Map<Item, Pull[]>();
  const pull = (item: Item, by: Pull): void => {
    const all = pulls.get(item);
    if (all) {
      all.push(by);
    } else {
      pulls.set(item, [by]);
    }
  };
  for (const { upper, lower, offset } of links) {
    const weight = upper.node === null && lower.node === null ? 8 : 1;
    pull(lower, { other: upper, offset, weight });
    pull(upper, { other: lower, offset: -offset, weight });
  }
  return pulls;
}

interface Block {
  sum: number;
  weight: number;
  count: number;
}

/** Isotonic regression ("pool adjacent violators") over one row. */
function settle(row: readonly Item[], pulls: Map<Item, Pull[]>, middles: Map<Item, number>): void {
  const room = roomBefore(row);
  const blocks: Block[] = [];
  row.forEach((item, index) => {
    const { place, weight } = wish(item, pulls, middles);
    let block: Block = { sum: (place - (room[index] ?? 0)) * weight, weight, count: 1 };
    for (let last = blocks.at(-1); last && last.sum / last.weight > block.sum / block.weight; last = blocks.at(-1)) {
      block = { sum: last.sum + block.sum, weight: last.weight + block.weight, count: last.count + block.count };
      blocks.pop();
    }
    blocks.push(block);
  });
  let index = 0;
  for (const { sum, weight, count } of blocks) {
    for (const item of row.slice(index, index + count)) {
      middles.set(item, sum / weight + (room[index] ?? 0));
      index += 1;
    }
  }
}

/** Least distance of each item's middle from that of the row's first. */
function roomBefore(row: readonly Item[]): number[] {
  const room: number[] = [];
  row.forEach((item, index) => {
    const before = row[index - 1];
    room.push(before ? (room[index - 1] ?? 0) + (widthOf(before) + widthOf(item)) / 2 + COLUMN_GAP : 0);
  });
  return room;
}

function widthOf(item: Item): number {
  return item.node === null ? LANE_WIDTH : widthWith(item.ports);
}

function wish(item: Item, pulls: Map<Item, Pull[]>, middles: Map<Item, number>): { place: number; weight: number } {
  const by = pulls.get(item);
  if (!by) {
    return { place: middles.get(item) ?? 0, weight: 0.01 };
  }
  const weight = by.reduce((sum, pull) => sum + pull.weight, 0);
  const sum = by.reduce((total, pull) => total + ((middles.get(pull.other) ?? 0) + pull.offset) * pull.weight, 0);
  return { place: sum / weight, weight };
}
