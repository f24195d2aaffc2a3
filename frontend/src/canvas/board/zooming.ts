import type { ReactFlowInstance } from "@xyflow/react";

import { gliding } from "@/ui/motion";

export const least = 0.1;
export const most = 4;
const step = 1.2;
const glides = 120;

type Zooming = Pick<ReactFlowInstance, "getZoom" | "zoomTo">;

/** Where the last step leads, while it may still be on its way there. */
let aim = { zoom: 1, until: 0 };

/** One step nearer (1) or farther (-1). Steps add up, also when one comes before the last has arrived. */
export function zoomBy(flow: Zooming, direction: 1 | -1): void {
  const now = performance.now();
  const from = now < aim.until ? aim.zoom : flow.getZoom();
  const zoom = Math.min(most, Math.max(least, from * step ** direction));
  aim = { zoom, until: now + 2 * glides };
  void flow.zoomTo(zoom, gliding(glides));
}

/** Back to the size at which everything is drawn. */
export function zoomToFull(flow: Zooming): void {
  aim = { zoom: 1, until: 0 };
  void flow.zoomTo(1, gliding(glides));
}
