/** Adding steps: on free canvas, at an open end, or into an edge. */

import type { Catalog } from "@/flow/catalog";
import type { AutomationDocument, Exit, FlowEdge, FlowNode, JsonObject, Position } from "@/flow/document";
import { sameExit } from "@/flow/document";
import { reachableFrom } from "@/flow/graph";
import { groupOf, groupsOf, withGroups } from "@/flow/groups";
import { freshId } from "@/flow/ids";
import { positionsOf, ROW } from "@/flow/layout";
import { refusalOf } from "@/flow/legality";

import type { Edit } from "./edit";

export interface NewNode {
  readonly type: string;
  readonly config: JsonObject;
}

function withNode(document: AutomationDocument, { type, config }: NewNode): [AutomationDocument, FlowNode] {
  const id = freshId(type, new Set(document.nodes.map((node) => node.id)));
  const node = { id, type, config };
  return [{ ...document, nodes: [...document.nodes, node] }, node];
}

/** Put a step on free canvas; without `position` it finds its own place. */
export function addNode(document: AutomationDocument, wanted: NewNode, position?: Position): Edit {
  const [grown, node] = withNode(document, wanted);
  const layout = position ? { ...grown.layout, [node.id]: position } : grown.layout;
  return { name: "add", document: { ...grown, layout }, types: [node.type], touched: [node.id] };
}

/** Put a step back that is gone, without its lines. */
export function putBack(document: AutomationDocument, node: FlowNode, position?: Position): Edit {
  const layout = position ? { ...document.layout, [node.id]: position } : document.layout;
  return { name: "add", document: { ...document, nodes: [...document.nodes, node], layout }, types: [node.type], touched: [node.id] };
}

/** Put a step at an open end. Null when a step of that type cannot stand there. */
export function appendNode(document: AutomationDocument, catalog: Catalog, exit: Exit, wanted: NewNode): Edit | null {
  const [grown, node] = withNode(document, wanted);
  const edge = { from: exit.from, port: exit.port, to: node.id };
  if (refusalOf(grown, catalog, edge)) {
    return null;
  }
  return {
    name: "add",
    document: { ...grown, edges: [...grown.edges, edge] },
    types: [node.type],
    touched: [node.id],
  };
}

/**
 * Put a step into an edge; what came after goes on from `restPort` of the new step, or stays cut off when it is null.
 * Placed steps below make room. Within a group, the step joins it.
 */
export function insertNode(
  document: AutomationDocument,
  catalog: Catalog,
  edge: FlowEdge,
  wanted: NewNode,
  restPort: string | null,
): Edit | null {
  const cut = { ...document, edges: document.edges.filter((other) => !sameExit(other, edge)) };
  const appended = appendNode(cut, catalog, edge, wanted);
  const [id] = appended?.touched ?? [];
  if (!appended || id === undefined) {
    return null;
  }
  const rest = restPort === null ? [] : [{ from: id, port: restPort, to: edge.to }];
  const joined = { ...appended.document, edges: [...appended.document.edges, ...rest] };
  return { ...appended, name: "insert", document: makeRoom(taken(joined, edge, id), catalog, id, edge.to) };
}

/** Take a step into the group that both ends of the edge are in. */
function taken(document: AutomationDocument, { from, to }: FlowEdge, id: string): AutomationDocument {
  const group = groupOf(document, from);
  if (!group?.nodes.includes(to)) return document;
  const grown = { ...group, nodes: [...group.nodes, id] };
  return withGroups(document, groupsOf(document).map((each) => (each === group ? grown : each)));
}

/** Move placed steps from `below` on down, until `below` stands a row under `above`. */
function makeRoom(document: AutomationDocument, catalog: Catalog, above: string, below: string): AutomationDocument {
  const positions = positionsOf(document, catalog);
  const missing = (positions[above]?.[1] ?? 0) + ROW - (positions[below]?.[1] ?? 0);
  if (missing <= 0) {
    return document;
  }
  const moved = reachableFrom(document, [below]);
  const layout = Object.entries(document.layout).map(([id, [x, y]]) => [id, moved.has(id) ? [x, y + missing] : [x, y]]);
  return { ...document, layout: Object.fromEntries(layout) };
}
