/** Sizes of what is drawn, in canvas units. The cards' style sheet uses the same figures. */

/** Between the dots of the canvas. */
export const GRID = 24;
export const NODE_WIDTH = 264;
export const NODE_HEIGHT = 96;
export const COLUMN_GAP = 48;
export const ROW_GAP = 96;
export const ROW = NODE_HEIGHT + ROW_GAP;
export const LANE_WIDTH = 24;
/** Between neighbouring ports: room for the word at each. Of more than three, the outer ones stand beside the card. */
export const PORT_GAP = 116;
const BEND_GAP = 8;

/** Distance of a port from the middle of its card's lower side. */
export function portOffset(index: number, count: number): number {
  return (index - (count - 1) / 2) * PORT_GAP;
}

/** Width that a card and its ports take. */
export function widthWith(ports: number): number {
  return Math.max(NODE_WIDTH, ports * PORT_GAP);
}

/**
 * How much further down than the highest the edge of a port turns aside, on its way `dx` to the right, so that edges of
 * one card pass each other: those that lead outward from inner ports under those from outer ones, and the reverse.
 */
export function bendOf(index: number, count: number, dx: number): number {
  const depth = Math.min(index, count - 1 - index);
  const outward = dx * portOffset(index, count) >= 0;
  return (outward ? depth : deepest(count) - depth) * BEND_GAP;
}

/** Room that bends need below a card, beyond what every row has. */
export function roomForBends(ports: number): number {
  return deepest(ports) * BEND_GAP;
}

function deepest(count: number): number {
  return Math.max(0, Math.floor((count - 1) / 2));
}
