import { NODE_HEIGHT, NODE_WIDTH } from "@/flow/layout";

import type { StepElement } from "./flowElements";

export type Box = readonly [left: number, top: number, width: number, height: number];

/** The box around all cards, and so much room around them, in canvas units. */
export function boxAround(nodes: readonly Pick<StepElement, "position">[], room: number): Box {
  const [lefts, tops] = [nodes.map(({ position }) => position.x), nodes.map(({ position }) => position.y)];
  const [left, top] = [Math.min(...lefts), Math.min(...tops)];
  const width = Math.max(...lefts) + NODE_WIDTH - left;
  const height = Math.max(...tops) + NODE_HEIGHT - top;
  return [left - room, top - room, width + 2 * room, height + 2 * room];
}
