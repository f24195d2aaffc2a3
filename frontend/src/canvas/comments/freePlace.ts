import type { Box } from "@/canvas/board/box";

export interface Point {
  readonly x: number;
  readonly y: number;
}

/** How large a note of a few lines is. */
export const NOTE_SIZE = [220, 100] as const;
const GAP = 24;
/** How far apart the places are that are tried. */
const STRIDE = 24;

/** Where a new note covers nothing: as near to the middle as can be. */
export function freePlace([x, y]: readonly [number, number], taken: readonly Box[]): Point {
  const [width, height] = NOTE_SIZE;
  const middle = { x: x - width / 2, y: y - height / 2 };
  // Beyond so many rings lies nothing.
  const reach = Math.max(0, ...taken.map(([left, top, across, down]) => Math.max(Math.abs(left - x) + across, Math.abs(top - y) + down)));
  const rings = Math.ceil((reach + width + GAP) / STRIDE);
  for (let ring = 0; ring <= rings; ring += 1) {
    const free = around(middle, ring).filter((place) => taken.every((box) => !covers(place, box)));
    const [nearest] = free.toSorted((one, other) => distance(one, middle) - distance(other, middle));
    if (nearest) return nearest;
  }
  return middle;
}

/** The places of a square ring around the point. */
function around({ x, y }: Point, ring: number): Point[] {
  if (ring === 0) return [{ x, y }];
  const side = Array.from({ length: 2 * ring }, (_, index) => index - ring);
  return side
    .flatMap((step) => [[step, -ring] as const, [ring, step] as const, [-step, ring] as const, [-ring, -step] as const])
    .map(([across, down]) => ({ x: x + across * STRIDE, y: y + down * STRIDE }));
}

function covers({ x, y }: Point, [left, top, across, down]: Box): boolean {
  const [width, height] = NOTE_SIZE;
  return x < left + across + GAP && x + width + GAP > left && y < top + down + GAP && y + height + GAP > top;
}

function distance(one: Point, other: Point): number {
  return Math.hypot(one.x - other.x, one.y - other.y);
}
