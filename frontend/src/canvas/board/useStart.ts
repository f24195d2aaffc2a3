import { getViewportForBounds, useReactFlow, useStoreApi, type Viewport } from "@xyflow/react";
import { type RefCallback, useCallback, useEffect, useEffectEvent, useState } from "react";

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

/**
 * What comes or goes above the canvas takes height from it, as a banner does when an automation begins to run: what was
 * all in sight stays so, unless somebody moved it.
 */
export function useStayFitted(nodes: readonly StepElement[]): void {
  const store = useStoreApi();
  const flow = useReactFlow();
  const refit = useEffectEvent((width: number, before: number, height: number) => {
    const was = fitted(nodes, width, before);
    const [x, y, zoom] = store.getState().transform;
    if (Math.hypot(was.x - x, was.y - y) < 1 && was.zoom === zoom) void flow.setViewport(fitted(nodes, width, height));
  });
  useEffect(
    () =>
      store.subscribe(({ width, height }, before) => {
        if (width === before.width && height !== before.height && before.height > 0) refit(width, before.height, height);
      }),
    [store],
  );
}

/** An empty canvas has nothing to fit: where the first step will stand is its middle. */
function fitted(nodes: readonly StepElement[], width: number, height: number): Viewport {
  const [x, y, across, down] = boxAround(nodes.length > 0 ? nodes : [{ position: { x: 0, y: 0 } }], 0);
  return getViewportForBounds({ x, y, width: across, height: down }, width, height, least, FIT.maxZoom, FIT.padding);
}
