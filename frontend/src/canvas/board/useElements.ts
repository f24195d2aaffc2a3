import { applyNodeChanges, type NodeChange } from "@xyflow/react";
import { useCallback, useMemo, useState } from "react";

import type { Check, Stats } from "@/api/editor";
import { useLiveLook } from "@/canvas/live/liveLook";
import { useEditor, useEditorScope } from "@/canvas/state/EditorContext";
import { select } from "@/canvas/state/store";
import { heatOf } from "@/flow/heat";
import { pictureOf } from "@/flow/layout";

import { type Drawing, drawEdges, drawNodes, type EdgeElement, type StepElement } from "./flowElements";

/** React Flow's nodes and edges, kept in step with the document; positions while dragging are theirs alone. */
export function useElements(check: Check | undefined, stats: Stats | undefined) {
  const { catalog, editor } = useEditorScope();
  const document = useEditor((state) => state.history.present);
  const selected = useEditor((state) => state.selected);
  const edge = useEditor((state) => state.edge);
  const open = useEditor((state) => state.open);
  const readOnly = useEditor((state) => state.readOnly);
  const connecting = useEditor((state) => state.connecting);
  const picture = useMemo(() => pictureOf(document, catalog), [document, catalog]);
  const { heated } = useLiveLook();
  const heat = useMemo(
    () => (readOnly && heated && stats ? heatOf(document, stats) : undefined),
    [document, heated, readOnly, stats],
  );
  const [nodes, setNodes] = useState<StepElement[]>([]);
  const [edges, setEdges] = useState<EdgeElement[]>([]);

  const drawing: Drawing = useMemo(
    () => ({
      document,
      catalog,
      picture,
      summaries: check?.summaries ?? {},
      problems: check?.problems ?? [],
      stats,
      heat,
      selected,
      edge,
      open,
      readOnly,
      connecting,
    }),
    [document, catalog, picture, check, stats, heat, selected, edge, open, readOnly, connecting],
  );

  const [drawn, setDrawn] = useState<Drawing | null>(null);
  if (drawn !== drawing) {
    setDrawn(drawing);
    setNodes(drawNodes(drawing, nodes));
    setEdges(drawEdges(drawing, edges));
  }

  const onNodesChange = useCallback(
    (changes: NodeChange<StepElement>[]) => {
      setNodes((before) => applyNodeChanges(changes, before));
      const marks = new Map(changes.flatMap((each) => (each.type === "select" ? [[each.id, each.selected]] : [])));
      if (marks.size === 0) return;
      const { history, selected: before } = editor.getState();
      const ids = history.present.nodes.map((node) => node.id);
      select(
        editor,
        ids.filter((id) => marks.get(id) ?? before.includes(id)),
      );
    },
    [editor],
  );

  return { nodes, edges, onNodesChange };
}
