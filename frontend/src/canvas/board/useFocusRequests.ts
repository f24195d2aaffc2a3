import { useReactFlow, useStore, useStoreApi } from "@xyflow/react";
import { useCallback, useEffect } from "react";

import { useEditor, useEditorScope } from "@/canvas/state/EditorContext";
import { drawnOf, shownAs } from "@/flow/drawn";
import { NODE_HEIGHT, NODE_WIDTH, positionsOf } from "@/flow/layout";
import { gliding } from "@/ui/motion";

const MARGIN = 40;
/** Below a card stand its ways out with their +, and over the canvas its controls: neither shall be covered. */
const BELOW = 150;
/** What is out of sight by less than this, in pixels, is in sight. */
const LEAST = 0.5;
/** For how many frames it is waited for a card to be drawn. */
const MOST_TRIES = 30;

/** Brings the step that shall be looked at into sight, moving the canvas no more than needed, and focuses it. */
export function useFocusRequests(): void {
  const { editor } = useEditorScope();
  const focus = useEditor((state) => state.focus);
  const open = useEditor((state) => state.open);
  const width = useStore((state) => state.width);
  const show = useShow();

  useEffect(() => {
    if (focus === null) return undefined;
    show(focus);
    // The card is drawn a frame or more after the document changed.
    let [frame, tries] = [0, 0];
    const attempt = (): void => {
      const place = editor.getState().home === "outline" ? "[data-outline]" : ".react-flow";
      const shown = document.querySelector<HTMLElement>(`${place} [data-node="${CSS.escape(focus)}"]`);
      // The canvas moves by itself; the list scrolls.
      shown?.focus({ preventScroll: place === ".react-flow" });
      tries += 1;
      if ((shown !== null && document.activeElement === shown) || tries === MOST_TRIES) editor.setState({ focus: null });
      else frame = requestAnimationFrame(attempt);
    };
    frame = requestAnimationFrame(attempt);
    return () => cancelAnimationFrame(frame);
  }, [editor, focus, show]);

  // The settings take room from the canvas: their step must not go out of sight.
  useEffect(() => {
    if (open !== null && width > 0) show(open);
  }, [open, show, width]);
}

function useShow(): (id: string) => void {
  const { catalog, editor } = useEditorScope();
  const flow = useReactFlow();
  const store = useStoreApi();
  return useCallback(
    (id) => {
      const { history, looks } = editor.getState();
      const drawn = drawnOf(history.present, catalog, looks);
      const position = positionsOf(drawn.document, drawn.catalog)[shownAs(drawn, id)];
      const { transform, width, height } = store.getState();
      if (!position || width === 0) return; // nothing is drawn: there is no way to anywhere
      const [x, y, zoom] = transform;
      const dx = shift(position[0] * zoom + x, NODE_WIDTH * zoom, width);
      const dy = shift(position[1] * zoom + y, NODE_HEIGHT * zoom, height, BELOW);
      if (Math.hypot(dx, dy) >= LEAST) void flow.setViewport({ x: x + dx, y: y + dy, zoom }, gliding(200));
    },
    [catalog, editor, flow, store],
  );
}

/** How far something that begins at `start` must move to be seen in a window of that size. */
function shift(start: number, size: number, windowSize: number, after = MARGIN): number {
  if (start < MARGIN) return MARGIN - start;
  return Math.min(0, windowSize - after - size - start);
}
