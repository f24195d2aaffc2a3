import { getViewportForBounds, useStoreApi, type Viewport } from "@xyflow/react";
import { type RefCallback, useCallback, useState } from "react";

import { boxAround } from "./box";
import { FIT } from "./distance";
import type { StepElement } from "./flowElements";
import { least } from "./zooming";

/**
 * Where the canvas begins: all steps in sight; null until the size of the element that it fills is known.
 *
 * React Flow would fit the steps once all of them are drawn, to draw them anew in another size.
 */
export function useStart(nodes: readonly StepElement[]): [place: RefCallback<HTMLElement>, start: Viewport | null] {
  const store = useStoreApi();
  const [start, setStart] = useState<Viewport | null>(null);
  const place = useCallback(
    (board: HTMLElement | null) => {
      if (!board || start) return;
      const { clientWidth: width, clientHeight: height } = board;
      const viewport = fitted(nodes, width, height);
      store.setState({ width, height, transform: [viewport.x, viewport.y, viewport.zoom] });
      setStart(viewport);
    },
    [nodes, start, store],
  );
  return [place, start];
}

/** An empty canvas has nothing to fit: where the first step will stand is its middle. */
function fitted(nodes: readonly StepElement[], width: number, height: number): Viewport {
  const [x, y, across, down] = boxAround(nodes.length > 0 ? nodes : [{ position: { x: 0, y: 0 } }], 0);
  return getViewportForBounds({ x, y, width: across, height: down }, width, height, least, FIT.maxZoom, FIT.padding);
}
