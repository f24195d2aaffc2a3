import { useReactFlow } from "@xyflow/react";
import { type MouseEvent, type PointerEvent, type RefCallback, useCallback, useEffect, useRef, useState } from "react";

import { useEditorScope, useVerbs } from "@/canvas/state/EditorContext";
import type { NodeType } from "@/flow/catalog";
import { NODE_HEIGHT, NODE_WIDTH } from "@/flow/layout";

import { heat, isOverBoard, spotAt } from "./spots";

/** How far the pointer must go before a press becomes a drag. */
const THRESHOLD = 5;

interface Press {
  readonly x: number;
  readonly y: number;
  readonly pointer: number;
}

/**
 * Lets a palette item be dragged onto the canvas with any pointer (HTML5's own drag fails on touch), and picked up by
 * a tap.
 */
export function useDragToBoard(type: NodeType) {
  const { editor } = useEditorScope();
  const verbs = useVerbs();
  const flow = useReactFlow();
  const press = useRef<Press | null>(null);
  const element = useRef<HTMLDivElement | null>(null);
  const last = useRef({ x: 0, y: 0 });
  // The click that ends a drag is not a tap.
  const dragged = useRef(false);
  const [dragging, setDragging] = useState(false);

  const follow = useCallback((x: number, y: number) => {
    last.current = { x, y };
    if (element.current) element.current.style.transform = `translate(${String(x)}px, ${String(y)}px)`;
  }, []);

  const ghost: RefCallback<HTMLDivElement> = useCallback(
    (node) => {
      element.current = node;
      follow(last.current.x, last.current.y);
    },
    [follow],
  );

  const end = useCallback(() => {
    press.current = null;
    heat(null);
    setDragging(false);
    if (editor.getState().holding?.by === "drag") editor.setState({ holding: null });
  }, [editor]);

  useEffect(() => {
    if (!dragging) return undefined;
    const onKey = (event: KeyboardEvent) => {
      if (event.key === "Escape") end();
    };
    window.addEventListener("keydown", onKey);
    return () => window.removeEventListener("keydown", onKey);
  }, [dragging, end]);

  const drop = (x: number, y: number): void => {
    const spot = spotAt(x, y, editor.getState().history.present);
    end();
    if (spot) {
      verbs.place(type.key, spot);
    } else if (isOverBoard(x, y)) {
      const at = flow.screenToFlowPosition({ x, y });
      const position = [Math.round(at.x - NODE_WIDTH / 2), Math.round(at.y - NODE_HEIGHT / 2)] as const;
      verbs.place(type.key, { kind: "free", position });
    }
  };

  const handlers = {
    onPointerDown: (event: PointerEvent<HTMLElement>) => {
      if (event.button !== 0) return;
      dragged.current = false;
      // At once: a quick hand has left the item before its first move is told.
      event.currentTarget.setPointerCapture(event.pointerId);
      press.current = { x: event.clientX, y: event.clientY, pointer: event.pointerId };
    },
    onPointerMove: (event: PointerEvent<HTMLElement>) => {
      const start = press.current;
      if (start?.pointer !== event.pointerId) return;
      const { clientX: x, clientY: y } = event;
      if (!dragging) {
        if (Math.hypot(x - start.x, y - start.y) < THRESHOLD) return;
        editor.setState({ holding: { type: type.key, by: "drag" } });
        dragged.current = true;
        setDragging(true);
      }
      follow(x, y);
      heat(spotAt(x, y, editor.getState().history.present));
    },
    onPointerUp: (event: PointerEvent<HTMLElement>) => {
      if (dragging) drop(event.clientX, event.clientY);
      press.current = null;
    },
    onPointerCancel: end,
    onClick: (event: MouseEvent) => {
      if (dragged.current) return;
      if (event.detail === 0) {
        verbs.placeAfterSelected(type.key);
      } else {
        togglePicked();
      }
    },
    // The browser's own drag of text or images would end ours.
    onDragStart: (event: { preventDefault: () => void }) => event.preventDefault(),
  };

  function togglePicked(): void {
    const held = editor.getState().holding;
    const again = held?.type === type.key;
    editor.setState({ holding: again ? null : { type: type.key, by: "tap" }, panel: null });
  }

  return { dragging, ghost, handlers };
}
