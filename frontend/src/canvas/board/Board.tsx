import "@xyflow/react/dist/style.css";

import { Background, BackgroundVariant, ReactFlow, useKeyPress, useStore } from "@xyflow/react";
import { useMemo, useState } from "react";
import { useTranslation } from "react-i18next";

import type { Check, Stats } from "@/api/editor";
import { Notes } from "@/canvas/comments/Notes";
import { useDocument, useEditor } from "@/canvas/state/EditorContext";

import classes from "./Board.module.css";
import { BoardControls } from "./BoardControls";
import { ConnectionLine } from "./ConnectionLine";
import { StepCard } from "./StepCard";
import type { EdgeElement } from "./flowElements";
import { StepEdge } from "./StepEdge";
import { TinyCard, tinyOf } from "./TinyCard";
import { TinyEdges } from "./TinyEdges";
import { useBoardHandlers } from "./useBoardHandlers";
import { useElements } from "./useElements";
import { useFocusRequests } from "./useFocusRequests";
import { useLongPress } from "./useLongPress";
import { least, most } from "./zooming";

const nodeTypes = { step: StepCard, tiny: TinyCard };
const edgeTypes = { step: StepEdge };
const multiSelectKeys = ["Shift", "Meta", "Control"];
const FIT = { padding: 0.2, maxZoom: 1, duration: 0 } as const;
/** Beyond this many steps only those in sight are drawn. */
const MANY = 120;
const FAR = 0.5;
/** With so many in sight that no word can be read, steps are drawn as no more than their shape and colour. */
const TINY = 0.25;
const NONE: EdgeElement[] = [];

/** The canvas: steps and edges, and every gesture on them. */
export function Board({ check, stats }: { check: Check | undefined; stats: Stats | undefined }) {
  const { t } = useTranslation("editor");
  const { nodes, edges, onNodesChange } = useElements(check, stats);
  const handlers = useBoardHandlers();
  const readOnly = useEditor((state) => state.readOnly);
  const holding = useEditor((state) => state.holding !== null);
  const connecting = useEditor((state) => state.connecting?.by);
  // An empty canvas has nothing to fit; the first step stays where it is dropped.
  const [filled] = useState(useDocument().nodes.length > 0);
  const far = useStore((state) => state.transform[2] < FAR);
  // Before the picture is fitted into the screen, all steps count as seen.
  const tiny = useStore((state) => state.fitViewQueued || state.transform[2] < TINY) && nodes.length > MANY;
  const shown = useMemo(() => (tiny ? nodes.map(tinyOf) : nodes), [nodes, tiny]);
  // While the space key is held, the canvas is dragged wherever one takes hold of it.
  const panning = useKeyPress("Space");
  const longPress = useLongPress();
  useFocusRequests();
  return (
    <div
      className={`${classes["board"] ?? ""} ${far ? "far" : ""}`}
      data-holding={holding || undefined}
      data-connecting={connecting}
      data-live={readOnly || undefined}
      {...longPress}
    >
      <ReactFlow
        nodes={shown}
        edges={tiny ? NONE : edges}
        nodeTypes={nodeTypes}
        edgeTypes={edgeTypes}
        onNodesChange={onNodesChange}
        {...handlers}
        connectionLineComponent={ConnectionLine}
        connectionRadius={36}
        reconnectRadius={14}
        nodesConnectable={!readOnly}
        nodesFocusable={false}
        edgesFocusable={false}
        disableKeyboardA11y
        nodesDraggable={!readOnly && !panning}
        deleteKeyCode={null}
        multiSelectionKeyCode={multiSelectKeys}
        nodeDragThreshold={4}
        minZoom={least}
        maxZoom={most}
        fitView={filled}
        fitViewOptions={FIT}
        onlyRenderVisibleElements={nodes.length > MANY}
        elevateNodesOnSelect={false}
        zoomOnDoubleClick={false}
        aria-label={t("board.title")}
      >
        <Background variant={BackgroundVariant.Dots} gap={24} size={1.5} color="var(--cz-line-strong)" />
        <BoardControls />
        <Notes />
        {tiny && <TinyEdges nodes={nodes} edges={edges} />}
      </ReactFlow>
    </div>
  );
}
