/** Sizes of what is drawn, in canvas units. The cards' style sheet uses the same figures. */

export const NODE_WIDTH = 264;
export const NODE_HEIGHT = 96;
export const COLUMN_GAP = 48;
export const ROW_GAP = 96;
export const ROW = NODE_HEIGHT + ROW_GAP;
export const LANE_WIDTH = 24;

/** Distance of a port from the middle of its card's lower side. */
export function portOffset(index: number, count: number): number {
  return ((index + 1) / (count + 1) - 0.5) * NODE_WIDTH;
}
