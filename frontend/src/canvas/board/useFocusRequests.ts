import { useReactFlow, useStore, useStoreApi, type Viewport } from "@xyflow/react";
import { useCallback, useEffect, useRef } from "react";

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
const GLIDES = 200;

/**
 * Brings the step that shall be looked at into sight, with those selected beside it where there is room for all, moving
 * the canvas no more than needed, and focuses it.
 */
export function useFocusRequests(): void {
  const { editor } = useEditorScope();
  const focus = useEditor((state) => state.focus);
  const show = useShow();

  useEffect(() => {
    if (focus === null) return undefined;
    show([focus]);
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

  useRoomForSettings(show);
}

interface Put {
  /** Where the canvas was, and how wide, before any settings opened. */
  readonly before: Viewport;
  readonly width: number;
  /** The step whose settings are open. */
  readonly step: string;
  /** Where it was put for them. */
  readonly aim: Viewport;
  /** Until when it may still be on its way there. */
  readonly until: number;
}

/**
 * The settings take room from the canvas: their step must not go out of sight, nor, where there is room, what follows
 * it. Once they are closed, the canvas goes back to where it was, unless somebody moved it meanwhile.
 */
function useRoomForSettings(show: Show): void {
  const { editor } = useEditorScope();
  const open = useEditor((state) => state.open);
  const store = useStoreApi();
  const width = useStore((state) => state.width);
  const put = useRef<Put | null>(null);

  useEffect(() => {
    const [x, y, zoom] = store.getState().transform;
    const now = { x, y, zoom };
    const last = put.current;
    if (open === null) {
      put.current = null;
      if (last && isStill(now, last)) show([last.step], { from: last.before, width: last.width });
    } else if (width > 0) {
      const { edges } = editor.getState().history.present;
      const next = edges.filter(({ from }) => from === open).map(({ to }) => to);
      const kept = last && isStill(now, last) ? last : { before: now, width };
      const aim = show([open, ...next]) ?? now;
      put.current = { before: kept.before, width: kept.width, step: open, aim, until: performance.now() + 2 * GLIDES };
    }
  }, [editor, open, show, store, width]);
}

/** Whether nobody moved the canvas since it was put there. */
function isStill({ x, y, zoom }: Viewport, { aim, until }: Put): boolean {
  return performance.now() < until || (zoom === aim.zoom && Math.hypot(x - aim.x, y - aim.y) < LEAST);
}

interface From {
  /** Where the canvas stands for this, and how wide it is; as it is, if not given. */
  readonly from: Viewport;
  readonly width: number;
}

/** Brings the first of these steps into sight, with the others where there is room for all; returns where to. */
type Show = (ids: readonly string[], given?: From) => Viewport | null;

function useShow(): Show {
  const { catalog, editor } = useEditorScope();
  const flow = useReactFlow();
  const store = useStoreApi();
  return useCallback(
    (ids, given) => {
      const { history, looks, selected } = editor.getState();
      const drawn = drawnOf(history.present, catalog, looks);
      const { transform, height } = store.getState();
      const now: Viewport = { x: transform[0], y: transform[1], zoom: transform[2] };
      const { from, width } = given ?? { from: now, width: store.getState().width };
      const [first = ""] = ids;
      const one = boxOf(drawn, [first]);
      const all = boxOf(drawn, selected.includes(first) ? [...ids, ...selected] : ids);
      const below = selected.length > 1 ? BELOW_SEVERAL : BELOW;
      const aim = one && all && width > 0 ? seenFrom(from, [all, one], [width, height], below) : from;
      const moves = aim.zoom !== now.zoom || Math.hypot(aim.x - now.x, aim.y - now.y) >= LEAST;
      if (width === 0) return null; // nothing is drawn: there is no way to anywhere
      if (moves) void flow.setViewport(aim, gliding(GLIDES));
      return aim;
    },
    [catalog, editor, flow, store],
  );
}

/** Where the canvas stands when the first of these boxes that fits is in sight, the last if none does. */
function seenFrom({ x, y, zoom }: Viewport, boxes: readonly Box[], [width, height]: readonly [number, number], below: number): Viewport {
  const fits = ([, , across, down]: Box) => across * zoom <= width - 2 * MARGIN && down * zoom <= height - MARGIN - below;
  const box = boxes.find(fits) ?? boxes.at(-1);
  if (!box) return { x, y, zoom };
  const [left, top, across, down] = box;
  const dx = shift(left * zoom + x, across * zoom, width);
  const dy = shift(top * zoom + y, down * zoom, height, below);
  return { x: x + dx, y: y + dy, zoom };
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
