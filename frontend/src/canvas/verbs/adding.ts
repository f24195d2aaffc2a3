/** Putting new steps onto the canvas. */

import { apply, guard, openAdded, putIn, say, select, type Spot } from "@/canvas/state/store";
import { type Catalog, type Port, portsFor, portsOf } from "@/flow/catalog";
import { addNode, appendNode, type Edit, insertNode, type NewNode } from "@/flow/commands";
import type { Exit, FlowEdge, FlowNode, Position } from "@/flow/document";
import { edgeAt, edgesInto, nodeById } from "@/flow/graph";
import { COLUMN_GAP, freeSpot, NODE_WIDTH, positionsOf } from "@/flow/layout";
import { mayStand } from "@/flow/legality";
import { defaultConfig } from "@/nodes/form/shape";

import type { Tools } from "./tools";

export function makeAdding(tools: Tools) {
  const { catalog, editor, present } = tools;

  /** Put a split into an edge, once it is known which branch takes the rest. */
  const insert = (type: string, edge: FlowEdge, restPort: string | null): void =>
    guard(editor, () => {
      editor.setState({ splitting: null });
      added(tools, insertNode(present(), catalog, edge, newNode(tools, type), restPort));
    });

  /** Put a new step of this type at the spot; a split put into an edge asks first. */
  const place = (type: string, spot: Spot): void => {
    const ports = newPorts(catalog, type);
    if (spot.kind === "edge" && ports.length > 1) {
      editor.setState({ splitting: { type, edge: spot.edge }, picker: null, holding: null });
    } else if (spot.kind === "edge") {
      insert(type, spot.edge, ports[0]?.key ?? null);
    } else {
      guard(editor, () => added(tools, putDown(tools, type, spot)));
    }
  };

  /** Where a step goes that is added after `id`: its first open end, else into its first edge. */
  const spotAfter = (id: string | null): Spot => {
    const node = id === null ? undefined : nodeById(present(), id);
    const exits = node ? exitsOf(tools, node) : [];
    const open = exits.find(({ exit }) => !edgeAt(present(), exit));
    if (open) return { kind: "end", exit: open.exit };
    const edge = exits[0] && edgeAt(present(), exits[0].exit);
    return edge ? { kind: "edge", edge } : { kind: "free" };
  };

  return {
    insert,
    place,
    spotAfter,
    /** Put a new step of this type after the selected one, else on free canvas. */
    placeAfterSelected: (type: string): void => {
      const spot = spotAfter(editor.getState().selected[0] ?? null);
      place(type, mayStand(catalog.get(type), "end") ? spot : { kind: "free" });
    },
    /** Ways out of a step, with the words at them. */
    exitsOf: (node: FlowNode) => exitsOf(tools, node),
  };
}

function exitsOf({ catalog, present }: Tools, node: FlowNode): { exit: Exit; label: string }[] {
  const ports = portsOf(node, present(), catalog);
  return ports.map(({ key, label }) => ({ exit: { from: node.id, port: key }, label }));
}

function newNode({ catalog }: Tools, type: string): NewNode {
  return { type, config: defaultConfig(catalog.get(type)?.schema ?? {}) };
}

/** Ways out that a new step of this type begins with. */
export function newPorts(catalog: Catalog, type: string): readonly Port[] {
  const known = catalog.get(type);
  return known ? portsFor(known, defaultConfig(known.schema)) : [];
}

function putDown(tools: Tools, type: string, spot: Exclude<Spot, { kind: "edge" }>): Edit | null {
  const { catalog, present } = tools;
  if (spot.kind === "free") return addNode(present(), newNode(tools, type), spot.position ?? besideRoots(tools));
  const edit = appendNode(present(), catalog, spot.exit, newNode(tools, type));
  return edit && spot.position ? placedAt(edit, spot.position) : edit;
}

function placedAt(edit: Edit, position: Position): Edit {
  const [id = ""] = edit.touched;
  return { ...edit, document: { ...edit.document, layout: { ...edit.document.layout, [id]: position } } };
}

/** To the right of the last beginning, or where the canvas begins. */
function besideRoots({ drawn }: Tools): Position {
  const { document, catalog } = drawn();
  const { nodes, edges } = document;
  const positions = positionsOf(document, catalog);
  const roots = nodes.filter((node) => !edges.some((edge) => edge.to === node.id));
  const right = Math.max(-NODE_WIDTH - COLUMN_GAP, ...roots.map((node) => positions[node.id]?.[0] ?? 0));
  return freeSpot([right + NODE_WIDTH + COLUMN_GAP, 0], positions);
}

/** The new step is selected, its settings open, and it is said. */
function added({ editor, t, words, present }: Tools, edit: Edit | null): void {
  const [id] = edit?.touched ?? [];
  if (!edit || id === undefined) return;
  apply(editor, edit);
  putIn(editor, [id]);
  editor.setState({ picker: null, holding: null });
  select(editor, [id], id);
  openAdded(editor, id);
  const before = edgesInto(present(), id)[0];
  const count = present().nodes.length;
  say(
    editor,
    before
      ? t("said.added_after", { step: words.step(id), after: words.step(before.from), count })
      : t("said.added", { step: words.step(id), count }),
  );
}
