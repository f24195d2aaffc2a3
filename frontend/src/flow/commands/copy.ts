/** Copying steps: as readable text between automations, or beside themselves. */

import type { Catalog } from "@/flow/catalog";
import type { AutomationDocument, FlowEdge, FlowNode, Json, JsonObject, Position, Positions, StepGroup } from "@/flow/document";
import { FORMAT } from "@/flow/document";
import { drawnOf, type Looks, placesOf } from "@/flow/drawn";
import { groupsOf, LONGEST_NAME, withGroups } from "@/flow/groups";
import { freshGroupId, freshIds } from "@/flow/ids";
import { isObject, listOf } from "@/flow/json";
import { COLUMN_GAP, NODE_WIDTH, positionsOf } from "@/flow/layout";
import { clearSpot, cornerOf } from "@/flow/layout/clear";

import { type Edit, typesOf } from "./edit";
import { removeNodes } from "./remove";

export const STEPS_FORMAT = "cadenza.steps/1";

export interface Fragment {
  readonly nodes: readonly FlowNode[];
  readonly edges: readonly FlowEdge[];
  readonly layout: Positions;
  readonly groups?: readonly StepGroup[];
}

/** The steps with the edges among them, placed as they are seen, and the groups that are wholly among them. */
export function fragmentOf(document: AutomationDocument, catalog: Catalog, ids: readonly string[]): Fragment {
  const wanted = new Set(ids);
  const positions = Object.entries(positionsOf(document, catalog)).filter(([id]) => wanted.has(id));
  const groups = groupsOf(document).filter((group) => group.nodes.every((id) => wanted.has(id)));
  return {
    nodes: document.nodes.filter((node) => wanted.has(node.id)),
    edges: document.edges.filter((edge) => wanted.has(edge.from) && wanted.has(edge.to)),
    layout: Object.fromEntries(positions),
    ...(groups.length > 0 && { groups }),
  };
}

export function fragmentText(fragment: Fragment): string {
  return JSON.stringify({ format: STEPS_FORMAT, ...fragment }, null, 2);
}

/** Read copied steps, or a whole automation, out of clipboard text. Null when it is neither. */
export function parseFragment(text: string): Fragment | null {
  const data = parse(text);
  if (!isObject(data) || (data["format"] !== STEPS_FORMAT && data["format"] !== FORMAT)) {
    return null;
  }
  const nodes = listOf(data["nodes"]).filter(isNode);
  const ids = new Set(nodes.map((node) => node.id));
  if (nodes.length === 0 || ids.size !== nodes.length) {
    return null;
  }
  const edges = listOf(data["edges"]).filter(isEdge);
  const layout = isObject(data["layout"]) ? Object.entries(data["layout"]).filter(isPlace) : [];
  return {
    nodes: nodes.map(({ id, type, config }) => ({ id, type, config })),
    edges: edges
      .filter((edge) => ids.has(edge.from) && ids.has(edge.to))
      .map(({ from, port, to }) => ({ from, port, to })),
    layout: Object.fromEntries(layout.filter(([id]) => ids.has(id))),
    groups: listOf(data["groups"])
      .filter(isGroup)
      .map((group) => readGroup(group, ids)),
  };
}

/**
 * Put copies into the document, the top left one at `at`, or as near as they cover nothing; ids are renewed. What was
 * there stays where it is drawn.
 */
export function paste(
  document: AutomationDocument,
  catalog: Catalog,
  fragment: Fragment,
  at: Position,
  looks: Looks = {},
  name: Edit["name"] = "paste",
): Edit {
  const ids = freshIds(
    fragment.nodes,
    document.nodes.map((node) => node.id),
  );
  const renewed = (id: string): string => ids.get(id) ?? id;
  const { nodes, edges, layout } = fragment;
  const copies = positionsOf({ ...document, nodes, edges, layout }, catalog);
  const drawn = drawnOf(document, catalog, looks);
  const corner = cornerOf(copies);
  const spot = clearSpot(at, copies, drawn.document, drawn.catalog);
  const placed = Object.entries(copies).map(([id, [x, y]]) => [
    renewed(id),
    [Math.round(spot[0] + x - corner[0]), Math.round(spot[1] + y - corner[1])],
  ]);
  const pasted = {
    ...document,
    nodes: [...document.nodes, ...nodes.map((node) => ({ ...node, id: renewed(node.id) }))],
    edges: [...document.edges, ...edges.map(({ from, port, to }) => ({ from: renewed(from), port, to: renewed(to) }))],
    layout: { ...document.layout, ...Object.fromEntries(placed) },
  };
  const grown = withGroups(pasted, [...groupsOf(document), ...copiesOf(groupsOf(fragment), renewed)]);
  return {
    name,
    document: held(grown, document, catalog, looks),
    types: nodes.map((node) => node.type),
    touched: [...ids.values()],
  };
}

/** The grown document with the steps of `before` where they were drawn, should they have made way. */
function held(
  grown: AutomationDocument,
  before: AutomationDocument,
  catalog: Catalog,
  looks: Looks,
): AutomationDocument {
  const was = drawnOf(before, catalog, looks);
  const is = drawnOf(grown, catalog, looks);
  const places = positionsOf(was.document, was.catalog);
  const now = positionsOf(is.document, is.catalog);
  const stays = Object.entries(places).every(([id, [x, y]]) => now[id]?.[0] === x && now[id][1] === y);
  return stays ? grown : { ...grown, layout: { ...grown.layout, ...placesOf(before, catalog, was, places) } };
}

/** Put copies of steps beside them, to the right. */
export function duplicate(
  document: AutomationDocument,
  catalog: Catalog,
  ids: readonly string[],
  looks: Looks = {},
): Edit {
  const fragment = fragmentOf(document, catalog, ids);
  const rights = Object.values(fragment.layout).map(([x]) => x + NODE_WIDTH);
  const [, top] = cornerOf(fragment.layout);
  return paste(document, catalog, fragment, [Math.max(0, ...rights) + COLUMN_GAP, top], looks, "duplicate");
}

export function cut(document: AutomationDocument, catalog: Catalog, ids: readonly string[]): Edit {
  return { ...removeNodes(document, catalog, ids), name: "cut", types: typesOf(document, new Set(ids)) };
}

/** The same groups of copied steps, under ids of their own. */
export function copiesOf(copied: readonly StepGroup[], renewed: (id: string) => string): StepGroup[] {
  return copied.map((group) => ({ ...group, id: freshGroupId(), nodes: group.nodes.map(renewed) }));
}

function parse(text: string): Json {
  try {
    return JSON.parse(text) as Json;
  } catch {
    return null;
  }
}

function isNode(value: Json): value is JsonObject & FlowNode {
  return (
    isObject(value) && typeof value["id"] === "string" && typeof value["type"] === "string" && isObject(value["config"])
  );
}

function isEdge(value: Json): value is JsonObject & FlowEdge {
  return isObject(value) && ["from", "port", "to"].every((key) => typeof value[key] === "string");
}

function isGroup(value: Json): value is JsonObject & { readonly name: string } {
  return isObject(value) && typeof value["name"] === "string" && value["name"].trim() !== "";
}

/** Pasting gives it an id. */
function readGroup(written: JsonObject & { readonly name: string }, ids: ReadonlySet<Json>): StepGroup {
  return {
    id: "",
    name: written.name.slice(0, LONGEST_NAME),
    nodes: listOf(written["nodes"]).filter((id): id is string => ids.has(id)),
    collapsed: written["collapsed"] === true,
  };
}

function isPlace(entry: [string, Json]): entry is [string, Position] {
  const [, value] = entry;
  return Array.isArray(value) && value.length === 2 && value.every((part) => Number.isFinite(part));
}
