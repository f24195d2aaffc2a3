import type { ReactFlowInstance } from "@xyflow/react";

import { gliding } from "@/ui/motion";

/** Beyond this many steps only those in sight are drawn, and from afar all as one light layer. */
export const MANY = 120;
/** Smaller than this, sentences cannot be read: a step shows its name in large letters. */
export const FAR = 0.5;
/** Smaller than this, no word can be read: a step is its shape and colour. */
export const WORDLESS = 0.2;

/** There the controls lie over the canvas, and above them stand the + of what is the last. */
const BELOW = "96px";

/** How the whole automation is brought into sight; steps of the light layer are hidden from React Flow, but count. */
export const FIT = { padding: { top: 0.2, x: 0.2, bottom: BELOW }, maxZoom: 1, duration: 0, includeHiddenNodes: true } as const;

/** Brings all that there is into sight. */
export function fitAll(flow: Pick<ReactFlowInstance, "fitView">, duration = 200): void {
  void flow.fitView({ ...FIT, ...gliding(duration) });
}

/** Brings some steps into sight, as large as they can be read; without any, all that there is. */
export function fitSteps(flow: Pick<ReactFlowInstance, "fitView">, ids: readonly string[]): void {
  if (ids.length === 0) fitAll(flow);
  else void flow.fitView({ ...FIT, ...gliding(200), nodes: ids.map((id) => ({ id })) });
}
