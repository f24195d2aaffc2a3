import {
  type Connection,
  type FinalConnectionState,
  type IsValidConnection,
  type OnConnectStartParams,
  useReactFlow,
  useStoreApi,
} from "@xyflow/react";
import { type MouseEvent as ReactMouseEvent, useMemo, useRef } from "react";

import { useEditorScope, useVerbs } from "@/canvas/state/EditorContext";
import { guard, openStep } from "@/canvas/state/store";
import { edgeKey, type FlowEdge, type Position } from "@/flow/document";
import { drawnOf } from "@/flow/drawn";
import { edgeAt } from "@/flow/graph";
import { NODE_HEIGHT, NODE_WIDTH } from "@/flow/layout";
import { refusalOf } from "@/flow/legality";

import type { EdgeElement, StepElement } from "./flowElements";

/** What React Flow's gestures mean here. */
export function useBoardHandlers() {
  const { catalog, editor } = useEditorScope();
  const verbs = useVerbs();
  const flow = useReactFlow();
  const drawing = useStoreApi();
  const rerouted = useRef<FlowEdge | null>(null);
  return useMemo(() => {
    const present = () => editor.getState().history.present;

    function onNodeClick(event: ReactMouseEvent, { id }: Pick<StepElement, "id">): void {
      const { connecting, gathering, looks, history } = editor.getState();
      // The click on a way out reaches its step too.
      const { cards, cardOf } = drawnOf(history.present, catalog, looks);
      const from = connecting && (cardOf.get(connecting.from) ?? connecting.from);
      if (from === id || verbs.finishConnecting(id)) return;
      if (gathering) {
        verbs.toggle(id);
        return;
      }
      if (event.shiftKey || event.ctrlKey || event.metaKey) return;
      const group = cards.get(id);
      if (group) guard(editor, () => editor.setState({ open: null, draft: null, selected: group.nodes, edge: null }));
      else openStep(editor, id);
    }

    function openMenu(event: MouseEvent | ReactMouseEvent, node: string | null): void {
      event.preventDefault();
      verbs.openMenu(node, [event.clientX, event.clientY]);
    }

    function onPaneClick(event: ReactMouseEvent): void {
      const { connecting, holding, moving } = editor.getState();
      const position = cardAt(flow.screenToFlowPosition({ x: event.clientX, y: event.clientY }));
      if (holding) {
        verbs.place(holding.type, { kind: "free", position });
        return;
      }
      if (moving) {
        verbs.finishMoving(position);
        return;
      }
      if (connecting) {
        editor.setState({ connecting: null });
        return;
      }
      guard(editor, () => {
        editor.setState({ open: null, draft: null, selected: [], edge: null, picker: null });
      });
    }

    /** Ended on a step where it may not: says why. On free canvas: what step shall stand there? */
    function onConnectEnd(event: MouseEvent | TouchEvent, state: FinalConnectionState): void {
      const from = state.fromHandle;
      editor.setState({ connecting: null });
      if (rerouted.current || from?.type !== "source" || state.isValid) return;
      const exit = verbs.meantExit({ from: from.nodeId, port: from.id ?? "" });
      if (!exit) return;
      if (state.toNode) {
        verbs.draw({ ...exit, to: verbs.meantStep(state.toNode.id) });
      } else if (!edgeAt(present(), exit)) {
        const at = pointOf(event);
        const position = cardAt(flow.screenToFlowPosition(at), 0);
        editor.setState({ picker: { spot: { kind: "end", exit, position }, at: [at.x, at.y] } });
      }
    }

    const isValidConnection: IsValidConnection = (wanted) => {
      const edge = verbs.meant(edgeOf(wanted));
      const old = rerouted.current ?? (edge ? edgeAt(present(), edge) : undefined);
      return edge !== null && refusalOf(present(), catalog, edge, old) === null;
    };

    return {
      onNodeClick,
      onPaneClick,
      onConnectEnd,
      isValidConnection,
      onNodeContextMenu: (event: ReactMouseEvent, { id }: Pick<StepElement, "id">) => openMenu(event, id),
      onPaneContextMenu: (event: MouseEvent | ReactMouseEvent) => openMenu(event, null),
      onEdgeClick: (_event: ReactMouseEvent, { data }: EdgeElement) =>
        editor.setState({ edge: data?.others.length === 0 ? edgeKey(data.edge) : null, selected: [] }),
      onNodeDragStop: (_event: unknown, _node: StepElement, dragged: StepElement[]) => {
        const places = dragged.map(({ id, position }) => [id, rounded(position)] as const);
        verbs.move(Object.fromEntries(places));
      },
      onConnectStart: (_event: unknown, { nodeId, handleId, handleType }: OnConnectStartParams) => {
        const exit = nodeId !== null && handleType === "source" && verbs.meantExit({ from: nodeId, port: handleId ?? "" });
        if (exit) editor.setState({ connecting: { ...exit, by: "drag" } });
      },
      onClickConnectStart: (_event: unknown, { nodeId, handleId }: OnConnectStartParams) => {
        // React Flow would wait for a click on a way in, from a moment after this; here the whole step is one.
        queueMicrotask(() => drawing.setState({ connectionClickStartHandle: null }));
        const exit = nodeId !== null && verbs.meantExit({ from: nodeId, port: handleId ?? "" });
        if (exit) editor.setState({ connecting: { ...exit, by: "tap" } });
      },
      onConnect: (wanted: Connection) => {
        const edge = verbs.meant(edgeOf(wanted));
        if (edge) verbs.draw(edge);
      },
      onReconnectStart: (_event: unknown, { data }: EdgeElement) => {
        rerouted.current = data?.edge ?? null;
      },
      onReconnect: (old: EdgeElement, wanted: Connection) => {
        const edge = verbs.meant(edgeOf(wanted));
        if (old.data && edge) verbs.reroute(old.data.edge, edge);
      },
      onReconnectEnd: (_event: unknown, { data }: EdgeElement, _type: unknown, state: FinalConnectionState) => {
        const old = rerouted.current;
        rerouted.current = null;
        editor.setState({ connecting: null });
        if (!old || !data || state.isValid) return;
        if (state.toNode && state.fromHandle?.type === "source") {
          verbs.reroute(old, { ...old, to: verbs.meantStep(state.toNode.id) });
        }
      },
    };
  }, [catalog, drawing, verbs, editor, flow]);
}

function edgeOf({ source, sourceHandle, target }: Pick<Connection, "source" | "target"> & { sourceHandle?: string | null }): FlowEdge {
  return { from: source, port: sourceHandle ?? "", to: target };
}

function pointOf(event: MouseEvent | TouchEvent): { x: number; y: number } {
  const { clientX: x = 0, clientY: y = 0 } = "changedTouches" in event ? (event.changedTouches[0] ?? {}) : event;
  return { x, y };
}

function cardAt({ x, y }: { x: number; y: number }, above = NODE_HEIGHT / 2): Position {
  return [Math.round(x - NODE_WIDTH / 2), Math.round(y - above)];
}

function rounded({ x, y }: { x: number; y: number }): Position {
  return [Math.round(x), Math.round(y)];
}
