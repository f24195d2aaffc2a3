import { applyNodeChanges, type NodeChange, useStoreApi } from "@xyflow/react";
import { useCallback, useMemo, useState } from "react";
import { useTranslation } from "react-i18next";

import type { Check, Stats } from "@/api/editor";
import { useDrawn, useEditor, useEditorScope, useStepWords } from "@/canvas/state/EditorContext";
import { select } from "@/canvas/state/store";
import { usePending } from "@/canvas/state/usePending";
import { type Drawn, stepsOf } from "@/flow/drawn";
import { pictureOf } from "@/flow/layout";

import { type Drawing, drawEdges, drawNodes, type EdgeElement, type StepElement } from "./flowElements";
import { useFigures } from "./useFigures";

/** React Flow's nodes and edges, kept in step with the document; positions while dragging are theirs alone. */
export function useElements(check: Check | undefined, stats: Stats | undefined) {
  const { editor } = useEditorScope();
  const store = useStoreApi();
  const drawn = useDrawn();
  const selected = useEditor((state) => state.selected);
  const edge = useEditor((state) => state.edge);
  const open = useEditor((state) => state.open);
  const readOnly = useEditor((state) => state.readOnly);
  const connecting = useEditor((state) => state.connecting);
  const picture = useMemo(() => pictureOf(drawn.document, drawn.catalog), [drawn]);
  const summaries = useSummaries(drawn, check);
  const { figures, heat } = useFigures(stats);
  const isPending = usePending();
  const [nodes, setNodes] = useState<StepElement[]>([]);
  const [edges, setEdges] = useState<EdgeElement[]>([]);

  const drawing: Drawing = useMemo(
    () => ({
      drawn,
      picture,
      summaries,
      problems: check?.problems ?? [],
      isPending,
      stats: figures,
      heat,
      selected,
      edge,
      open,
      readOnly,
      connecting,
    }),
    [drawn, picture, summaries, check, isPending, figures, heat, selected, edge, open, readOnly, connecting],
  );

  const [last, setLast] = useState<Drawing | null>(null);
  if (last !== drawing) {
    setLast(drawing);
    setNodes(drawNodes(drawing, nodes));
    setEdges(drawEdges(drawing, edges));
  }

  const onNodesChange = useCallback(
    (changes: NodeChange<StepElement>[]) => {
      const { gathering } = editor.getState();
      setNodes((before) => applyNodeChanges(gathering ? changes.filter(({ type }) => type !== "select") : changes, before));
      // While steps are gathered a tap takes up one or lets go of it, whatever React Flow makes of it; a frame only adds.
      const chosen = changes
        .filter((each) => each.type === "select")
        .filter((each) => !gathering || (each.selected && store.getState().userSelectionActive));
      const marks = new Map(chosen.flatMap(({ id, selected: on }) => stepsOf(drawn, id).map((step) => [step, on] as const)));
      if (marks.size === 0) return;
      const { history, selected: before } = editor.getState();
      const ids = history.present.nodes.map((node) => node.id);
      select(
        editor,
        ids.filter((id) => marks.get(id) ?? before.includes(id)),
      );
    },
    [drawn, editor, store],
  );

  return { nodes, edges, onNodesChange };
}

const NONE: Readonly<Record<string, string>> = {};

/** What steps do in a sentence; a collapsed group names its steps. */
function useSummaries({ cards }: Drawn, check: Check | undefined): Readonly<Record<string, string>> {
  const { t } = useTranslation("editor");
  const words = useStepWords();
  return useMemo(() => {
    const own = check?.summaries ?? NONE;
    if (cards.size === 0) return own;
    const told = [...cards].map(([card, { nodes }]) => {
      const steps = [...new Set(nodes.map(words.step))].join(", ");
      return [card, t("group.with", { count: nodes.length, steps })] as const;
    });
    return { ...own, ...Object.fromEntries(told) };
  }, [cards, check, t, words]);
}
