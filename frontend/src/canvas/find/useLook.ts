import { useReactFlow } from "@xyflow/react";
import { useCallback } from "react";

import { useEditorScope } from "@/canvas/state/EditorContext";
import { reveal } from "@/canvas/state/store";
import { drawnOf } from "@/flow/drawn";
import { NODE_HEIGHT, NODE_WIDTH, positionsOf } from "@/flow/layout";
import { gliding } from "@/ui/motion";

/** Near enough to read. */
const READABLE = 0.7;

/** Opens the group that hides a step, and brings it into the middle of the canvas, near enough to read. */
export function useLook(): (id: string) => void {
  const { catalog, editor } = useEditorScope();
  const flow = useReactFlow();
  return useCallback(
    (id) => {
      reveal(editor, id);
      const { history, looks } = editor.getState();
      const drawn = drawnOf(history.present, catalog, looks);
      const position = positionsOf(drawn.document, drawn.catalog)[id];
      if (!position) return;
      const [x, y] = position;
      const zoom = Math.max(flow.getZoom(), READABLE);
      void flow.setCenter(x + NODE_WIDTH / 2, y + NODE_HEIGHT / 2, { zoom, ...gliding(200) });
    },
    [catalog, editor, flow],
  );
}
