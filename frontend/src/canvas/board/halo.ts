/** The shape around the steps of an open group and the lines among them: it never holds a step of another. */

import { NODE_HEIGHT, NODE_WIDTH } from "@/flow/layout";
import type { Position, StepGroup } from "@/flow/document";

import { pathBetween } from "./edgePath";

/** How far the shape goes beyond a card, in canvas units. */
export const AROUND = 16;

export interface Halo {
  readonly cards: readonly { readonly id: string; readonly x: number; readonly y: number; readonly width: number; readonly height: number }[];
  /** One path along all lines. */
  readonly lines: string;
  /** Where the name stands: the top left corner of the first card. */
  readonly at: Position;
}

interface Line {
  readonly from: string;
  readonly to: string;
  readonly port: readonly [index: number, count: number];
  readonly lane: number | undefined;
}

export function haloOf(
  { nodes }: StepGroup,
  first: string,
  places: ReadonlyMap<string, Position>,
  lines: readonly Line[],
): Halo {
  const members = new Map(nodes.flatMap((id) => [[id, places.get(id)] as const]));
  return {
    cards: [...members].flatMap(([id, at]) =>
      at ? [{ id, x: at[0] - AROUND, y: at[1] - AROUND, width: NODE_WIDTH + 2 * AROUND, height: NODE_HEIGHT + 2 * AROUND }] : [],
    ),
    lines: lines
      .flatMap(({ from, to, port, lane }) => {
        const [start, end] = [members.get(from), members.get(to)];
        return start && end ? [pathBetween(start, end, port, lane)] : [];
      })
      .join(""),
    at: places.get(first) ?? [0, 0],
  };
}
