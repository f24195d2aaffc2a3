import { useReactFlow, useStore, useStoreApi } from "@xyflow/react";
import { useCallback, useEffect } from "react";

import { useEditor, useEditorScope } from "@/canvas/state/EditorContext";
import { type Drawn, drawnOf, shownAs } from "@/flow/drawn";
import { positionsOf } from "@/flow/layout";
import { gliding } from "@/ui/motion";

import { type Box, boxAround } from "./box";

const MARGIN = 40;
/** Below a card stand its ways out with their +, and over the canvas its controls: neither shall be covered. */
const BELOW = 150;
/** Nor shall what can be done with several, which is offered there, too. */
const BELOW_SEVERAL = 210;
/** What is out of sight by less than this, in pixels, is in sight. */
const LEAST = 0.5;
/** For how many frames it is waited for a card to be drawn. */
const MOST_TRIES = 30;

/**
 * Brings the step that shall be looked at into sight, with those selected beside it where there is room for all, moving
 * the canvas no more than needed, and focuses it.
 */
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
      const { history, looks, selected } = editor.getState();
      const drawn = drawnOf(history.present, catalog, looks);
      const { transform, width, height } = store.getState();
      const [x, y, zoom] = transform;
      const one = boxOf(drawn, [id]);
      const all = selected.includes(id) ? boxOf(drawn, selected) : one;
      if (!one || !all || width === 0) return; // nothing is drawn: there is no way to anywhere
      const below = selected.length > 1 ? BELOW_SEVERAL : BELOW;
      const fits = all[2] * zoom <= width - 2 * MARGIN && all[3] * zoom <= height - MARGIN - below;
      const [left, top, across, down] = fits ? all : one;
      const dx = shift(left * zoom + x, across * zoom, width);
      const dy = shift(top * zoom + y, down * zoom, height, below);
      if (Math.hypot(dx, dy) >= LEAST) void flow.setViewport({ x: x + dx, y: y + dy, zoom }, gliding(200));
    },
    [catalog, editor, flow, store],
  );
}

/** The box around these steps as they are drawn; null when none of them is. */
function boxOf(drawn: Drawn, ids: readonly string[]): Box | null {
  const places = positionsOf(drawn.document, drawn.catalog);
  const cards = ids.map((id) => places[shownAs(drawn, id)]).filter((place) => place !== undefined);
  return cards.length === 0 ? null : boxAround(cards.map(([x, y]) => ({ position: { x, y } })), 0);
}

/** How far something that begins at `start` must move to be seen in a window of that size. */
function shift(start: number, size: number, windowSize: number, after = MARGIN): number {
  if (start < MARGIN) return MARGIN - start;
  return Math.min(0, windowSize - after - size - start);
}
