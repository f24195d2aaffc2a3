import {
  type Connection,
  type FinalConnectionState,
  type IsValidConnection,
  type OnConnectStartParams,
  useReactFlow,
} from "@xyflow/react";
import { type MouseEvent as ReactMouseEvent, useMemo, useRef } from "react";

import { useEditorScope } from "@/canvas/state/EditorContext";
import { guard, openStep } from "@/canvas/state/store";
import { useCommands } from "@/canvas/state/useCommands";
import type { FlowEdge, Position } from "@/flow/document";
import { NODE_HEIGHT, NODE_WIDTH } from "@/flow/layout";
import { refusalOf } from "@/flow/legality";

import type { EdgeElement, StepElement } from "./flowElements";

/** What React Flow's gestures mean here. */
export function useBoardHandlers() {
  const { catalog, editor } = useEditorScope();
  const commands = useCommands();
  const flow = useReactFlow();
  const moving = useRef<FlowEdge | null>(null);
  return useMemo(() => {
    const present = () => editor.getState().history.present;

    function onNodeClick(event: ReactMouseEvent, { id }: StepElement): void {
      const { connecting } = editor.getState();
      if (connecting) {
        editor.setState({ connecting: null });
        commands.connect({ ...connecting, to: id });
      } else if (!event.shiftKey && !event.ctrlKey && !event.metaKey) {
        openStep(editor, id);
      }
    }

    function onPaneClick(event: ReactMouseEvent): void {
      const { holding } = editor.getState();
      if (holding) {
        const at = flow.screenToFlowPosition({ x: event.clientX, y: event.clientY });
        commands.place(holding.type, { kind: "free", position: cardAt(at) });
        return;
      }
      guard(editor, () => {
        editor.setState({ open: null, draft: null, selected: [], edge: null, picker: null, connecting: null });
      });
    }

    /** Ends on a step: drawn, or refused with the reason. On free canvas: what step shall stand there? */
    function onConnectEnd(event: MouseEvent | TouchEvent, state: FinalConnectionState): void {
      const from = state.fromHandle;
      editor.setState({ connecting: null });
      if (moving.current || !from || from.type !== "source" || state.isValid) return;
      const exit = { from: from.nodeId, port: from.id ?? "" };
      if (state.toNode) {
        commands.connect({ ...exit, to: state.toNode.id });
        return;
      }
      const { clientX: x, clientY: y } = "changedTouches" in event ? (event.changedTouches[0] ?? { clientX: 0, clientY: 0 }) : event;
      const taken = present().edges.find((edge) => edge.from === exit.from && edge.port === exit.port);
      if (taken) {
        commands.refuse("taken", taken);
        return;
      }
      const position = cardAt(flow.screenToFlowPosition({ x, y }), 0);
      editor.setState({ picker: { spot: { kind: "end", exit, position }, at: [x, y] } });
    }

    const isValidConnection: IsValidConnection = (wanted) =>
      refusalOf(present(), catalog, edgeOf(wanted), moving.current ?? undefined) === null;

    return {
      onNodeClick,
      onPaneClick,
      onConnectEnd,
      isValidConnection,
      onEdgeClick: (_event: ReactMouseEvent, { id }: EdgeElement) => editor.setState({ edge: id, selected: [] }),
      onNodeDragStop: (_event: unknown, _node: StepElement, dragged: StepElement[]) => {
        const places = dragged.map(({ id, position }) => [id, rounded(position)] as const);
        commands.move(Object.fromEntries(places));
      },
      onConnectStart: (_event: unknown, { nodeId, handleId, handleType }: OnConnectStartParams) => {
        if (nodeId !== null && handleType === "source") {
          editor.setState({ connecting: { from: nodeId, port: handleId ?? "" } });
        }
      },
      onConnect: (wanted: Connection) => commands.connect(edgeOf(wanted)),
      onReconnectStart: (_event: unknown, { data }: EdgeElement) => {
        moving.current = data?.edge ?? null;
      },
      onReconnect: (old: EdgeElement, wanted: Connection) => {
        if (old.data) commands.reroute(old.data.edge, edgeOf(wanted));
      },
      onReconnectEnd: (_event: unknown, { data }: EdgeElement, _type: unknown, state: FinalConnectionState) => {
        const old = moving.current;
        moving.current = null;
        if (!old || !data || state.isValid) return;
        if (state.toNode && state.fromHandle?.type === "source") {
          commands.reroute(old, { ...old, to: state.toNode.id });
        }
      },
    };
  }, [catalog, commands, editor, flow]);
}

function edgeOf({ source, sourceHandle, target }: Pick<Connection, "source" | "target"> & { sourceHandle?: string | null }): FlowEdge {
  return { from: source, port: sourceHandle ?? "", to: target };
}

function cardAt({ x, y }: { x: number; y: number }, above = NODE_HEIGHT / 2): Position {
  return [Math.round(x - NODE_WIDTH / 2), Math.round(y - above)];
}

function rounded({ x, y }: { x: number; y: number }): Position {
  return [Math.round(x), Math.round(y)];
}
