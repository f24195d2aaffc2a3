import { useReactFlow, useStoreApi } from "@xyflow/react";
import { useEffect } from "react";

import { useEditor, useEditorScope } from "@/canvas/state/EditorContext";
import { NODE_HEIGHT, NODE_WIDTH, positionsOf } from "@/flow/layout";

const MARGIN = 24;

/** Brings the step that shall be looked at next into sight, and gives it the keyboard focus. */
export function useFocusRequests(): void {
  const { catalog, editor } = useEditorScope();
  const flow = useReactFlow();
  const store = useStoreApi();
  const focus = useEditor((state) => state.focus);

  useEffect(() => {
    if (focus === null) return undefined;
    const position = positionsOf(editor.getState().history.present, catalog)[focus];
    if (position) {
      const { transform, width, height } = store.getState();
      const [x, y, zoom] = transform;
      const [left, top] = [position[0] * zoom + x, position[1] * zoom + y];
      const seen =
        left > MARGIN &&
        top > MARGIN &&
        left + NODE_WIDTH * zoom < width - MARGIN &&
        top + NODE_HEIGHT * zoom < height - MARGIN;
      if (!seen) {
        const middle = [position[0] + NODE_WIDTH / 2, position[1] + NODE_HEIGHT / 2] as const;
        void flow.setCenter(...middle, { zoom: Math.max(zoom, 0.6), duration: calm() ? 0 : 200 });
      }
    }
    // The card is drawn one frame after the document changed.
    const frame = requestAnimationFrame(() => {
      document.querySelector<HTMLElement>(`[data-node="${CSS.escape(focus)}"]`)?.focus({ preventScroll: true });
      editor.setState({ focus: null });
    });
    return () => cancelAnimationFrame(frame);
  }, [catalog, editor, flow, focus, store]);
}

function calm(): boolean {
  return window.matchMedia("(prefers-reduced-motion: reduce)").matches;
}
