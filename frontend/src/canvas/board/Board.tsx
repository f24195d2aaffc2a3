import "@xyflow/react/dist/style.css";

import { useMediaQuery } from "@mantine/hooks";
import { Background, BackgroundVariant, ReactFlow, useKeyPress, useStore } from "@xyflow/react";
import { useMemo } from "react";
import { useTranslation } from "react-i18next";

import type { Check, Stats } from "@/api/editor";
import { Notes } from "@/canvas/comments/Notes";
import { useEditor } from "@/canvas/state/EditorContext";
import { GRID, NODE_HEIGHT, NODE_WIDTH } from "@/flow/layout";

import classes from "./Board.module.css";
import { BoardControls } from "./BoardControls";
import { ConnectionLine } from "./ConnectionLine";
import { FAR, MANY } from "./distance";
import type { EdgeElement, StepElement } from "./flowElements";
import { GroupCard } from "./GroupCard";
import { GroupFrames } from "./GroupFrames";
import { StepCard } from "./StepCard";
import { StepEdge } from "./StepEdge";
import { TinyPicture } from "./TinyPicture";
import { TinySteps } from "./TinySteps";
import { useBoardHandlers } from "./useBoardHandlers";
import { useElements } from "./useElements";
import { useFocusRequests } from "./useFocusRequests";
import { useLongPress } from "./useLongPress";
import { useStart, useStayFitted } from "./useStart";
import { useZoomStyle } from "./useZoomStyle";
import { least, most } from "./zooming";

const nodeTypes = { step: StepCard, card: GroupCard };
const edgeTypes = { step: StepEdge };
const multiSelectKeys = ["Shift", "Meta", "Control"];
const NONE: EdgeElement[] = [];

/** The canvas: steps and edges, and every gesture on them. */
export function Board({ check, stats }: { check: Check | undefined; stats: Stats | undefined }) {
  const { t } = useTranslation("editor");
  const { nodes, edges, onNodesChange } = useElements(check, stats);
  const handlers = useBoardHandlers();
  const readOnly = useEditor((state) => state.readOnly);
  const holding = useEditor((state) => state.holding !== null);
  const connecting = useEditor((state) => state.connecting?.by);
  const [place, start] = useStart(nodes);
  useStayFitted(nodes);
  useZoomStyle();
  const far = useStore((state) => state.transform[2] < FAR);
  const tiny = far && nodes.length > MANY;
  const shown = useMemo(() => (tiny ? nodes.map(hidden) : nodes), [nodes, tiny]);
  // While the space key is held, the canvas is dragged wherever one takes hold of it.
  const panning = useKeyPress("Space");
  // On a phone steps leave little else to take hold of: a finger always moves the canvas, and two zoom it.
  const coarse = useMediaQuery("(pointer: coarse)");
  const movable = !readOnly && !panning && !coarse;
  const longPress = useLongPress();
  useFocusRequests();
  return (
    <div
      ref={place}
      className={`${classes["board"] ?? ""} ${far ? "far" : ""}`}
      data-holding={holding || undefined}
      data-connecting={connecting}
      data-live={readOnly || undefined}
      {...longPress}
    >
      {start && (
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
          nodesDraggable={movable}
          deleteKeyCode={null}
          multiSelectionKeyCode={multiSelectKeys}
          nodeDragThreshold={4}
          minZoom={least}
          maxZoom={most}
          defaultViewport={start}
          onlyRenderVisibleElements={nodes.length > MANY}
          elevateNodesOnSelect={false}
          zoomOnDoubleClick={false}
          tabIndex={-1}
          aria-label={t("board.title")}
        >
          {!far && <Background variant={BackgroundVariant.Dots} gap={GRID} size={1.5} color="var(--cz-line-strong)" />}
          <BoardControls nodes={nodes} />
          <GroupFrames nodes={nodes} edges={edges} tiny={tiny} />
          <Notes />
          {tiny && <TinyPicture nodes={nodes} edges={edges} />}
          {tiny && (
            <TinySteps
              nodes={nodes}
              movable={movable}
              onClick={handlers.onNodeClick}
              onMenu={handlers.onNodeContextMenu}
            />
          )}
        </ReactFlow>
      )}
    </div>
  );
}

/** The same step, not to be drawn; React Flow knows what room it takes, as no card is there to be measured. */
function hidden(node: StepElement): StepElement {
  return { ...node, hidden: true, measured: { width: NODE_WIDTH, height: NODE_HEIGHT } };
}
