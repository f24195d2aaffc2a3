import { useStoreApi } from "@xyflow/react";
import { useEffect } from "react";

/**
 * Tells the style sheets how small everything is drawn: --zoom on the canvas, at most 1. What is to be hit keeps its
 * size on the screen by it, and no component is drawn anew while one zooms.
 */
export function useZoomStyle(): void {
  const store = useStoreApi();
  useEffect(() => {
    let told = 0;
    const tell = (): void => {
      const { domNode, transform } = store.getState();
      const zoom = Math.min(1, transform[2]);
      if (!domNode || zoom === told) return;
      told = zoom;
      domNode.style.setProperty("--zoom", String(zoom));
    };
    tell();
    return store.subscribe(tell);
  }, [store]);
}
