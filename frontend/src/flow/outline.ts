/** The automation as a list: reading order, one level deeper for each branch. The canvas and the list show one document. */

import { type Catalog, portsOf } from "./catalog";
import type { AutomationDocument, Exit } from "./document";
import { exitKey } from "./document";
import { edgeAt, nodeById } from "./graph";
import { groupOf } from "./groups";

/**
 * `step`: a step, told where it is first come to. `branch`: a way out of a split, before what it leads to.
 * `again`: the way goes on to a step that was told before. `open`: a way that ends here. `group`: the name of a group,
 * by its id, before the first of its steps that is told.
 * `exit` is the way out that leads to the row, null at a beginning; `depth` counts the branches around it.
 */
export type OutlineRow =
  | { readonly kind: "step"; readonly id: string; readonly exit: Exit | null; readonly depth: number }
  | { readonly kind: "again"; readonly id: string; readonly exit: Exit; readonly depth: number }
  | { readonly kind: "branch"; readonly exit: Exit; readonly label: string; readonly depth: number }
  | { readonly kind: "open"; readonly exit: Exit; readonly depth: number }
  | { readonly kind: "group"; readonly id: string; readonly depth: number };

/** Name a row; no two rows of an outline have the same name. */
export function rowKey(row: OutlineRow): string {
  return row.kind === "step" || row.kind === "group" ? `${row.kind} ${row.id}` : `${row.kind} ${exitKey(row.exit)}`;
}

/** All rows, in the order in which they are read: triggers as they are written, then what nothing leads to. */
export function outlineOf(document: AutomationDocument, catalog: Catalog): OutlineRow[] {
  const rows: OutlineRow[] = [];
  const told = new Set<string>();
  const led = new Set(document.edges.map((edge) => edge.to));
  const beginnings = document.nodes.filter((node) => !led.has(node.id));
  // Only an imported document can have a circle that nothing leads into.
  for (const { id } of [...beginnings, ...document.nodes]) {
    if (!told.has(id)) {
      tellFrom({ document, catalog, rows, told }, id);
    }
  }
  return rows;
}

/** The step told before (-1) or after (1) this one; null at either end. */
export function stepBeside(rows: readonly OutlineRow[], id: string, side: -1 | 1): string | null {
  const told = rows.flatMap((row) => (row.kind === "step" ? [row.id] : []));
  return told[told.indexOf(id) + side] ?? null;
}

interface Telling {
  readonly document: AutomationDocument;
  readonly catalog: Catalog;
  readonly rows: OutlineRow[];
  readonly told: Set<string>;
}

function tellFrom({ document, catalog, rows, told }: Telling, start: string): void {
  const stack: OutlineRow[] = [{ kind: "step", id: start, exit: null, depth: 0 }];
  for (let row = stack.pop(); row; row = stack.pop()) {
    if (row.kind === "step" && row.exit && told.has(row.id)) {
      rows.push({ kind: "again", id: row.id, exit: row.exit, depth: row.depth });
      continue;
    }
    const group = row.kind === "step" ? groupOf(document, row.id) : undefined;
    if (group && !group.nodes.some((id) => told.has(id))) rows.push({ kind: "group", id: group.id, depth: row.depth });
    rows.push(row);
    if (row.kind === "branch") {
      stack.push(leadsTo(document, row.exit, row.depth + 1));
    } else if (row.kind === "step") {
      told.add(row.id);
      stack.push(...waysOn(document, catalog, row.id, row.depth).toReversed());
    }
  }
}

function waysOn(document: AutomationDocument, catalog: Catalog, id: string, depth: number): OutlineRow[] {
  const node = nodeById(document, id);
  const ports = node ? portsOf(node, document, catalog) : [];
  if (ports.length > 1) {
    return ports.map(({ key, label }) => ({ kind: "branch", exit: { from: id, port: key }, label, depth }));
  }
  return ports.map(({ key }) => leadsTo(document, { from: id, port: key }, depth));
}

function leadsTo(document: AutomationDocument, exit: Exit, depth: number): OutlineRow {
  const edge = edgeAt(document, exit);
  return edge ? { kind: "step", id: edge.to, exit, depth } : { kind: "open", exit, depth };
}
