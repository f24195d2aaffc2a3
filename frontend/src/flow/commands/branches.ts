/** Whole branches at once: what a split's way out leads to. */

import { type Catalog, portsOf } from "@/flow/catalog";
import type { AutomationDocument, Exit, StepGroup } from "@/flow/document";
import { sameExit } from "@/flow/document";
import { edgeAt, edgesFrom, nodeById, reachableFrom } from "@/flow/graph";
import { groupsOf, withGroups } from "@/flow/groups";
import { freshIds } from "@/flow/ids";

import { copiesOf } from "./copy";
import { type Edit, typesOf } from "./edit";

/** Steps that only this way out leads to, in document order; steps that other ways lead to as well are not its own. */
export function branchOf(document: AutomationDocument, exit: Exit): string[] {
  const edge = edgeAt(document, exit);
  if (!edge) {
    return [];
  }
  const rest = { ...document, edges: document.edges.filter((other) => other !== edge) };
  const after = reachableFrom(document, [edge.to]);
  const elsewhere = reachableFrom(
    rest,
    rest.nodes.map((node) => node.id).filter((id) => !after.has(id)),
  );
  return document.nodes.map((node) => node.id).filter((id) => after.has(id) && !elsewhere.has(id));
}

/** Lead two ways out of a step where the other led. Null when neither leads anywhere. */
export function swapBranches(document: AutomationDocument, id: string, one: string, other: string): Edit | null {
  const swapped: Readonly<Record<string, string>> = { [one]: other, [other]: one };
  if (!edgesFrom(document, id).some((edge) => edge.port in swapped)) {
    return null;
  }
  const edges = document.edges.map((edge) =>
    edge.from === id ? { ...edge, port: swapped[edge.port] ?? edge.port } : edge,
  );
  return { name: "swap", document: { ...document, edges }, types: typesOf(document, new Set([id])), touched: [id] };
}

/**
 * Copy the steps of a branch. The copies lead on where the branch does, and stand at the next way out of the same step
 * that is still open; without one they stand free. Null when the way out has no steps of its own.
 */
export function duplicateBranch(document: AutomationDocument, catalog: Catalog, exit: Exit): Edit | null {
  const own = new Set(branchOf(document, exit));
  const split = nodeById(document, exit.from);
  const first = edgeAt(document, exit)?.to;
  if (own.size === 0 || !split || first === undefined) {
    return null;
  }
  const originals = document.nodes.filter((node) => own.has(node.id));
  const ids = freshIds(
    originals,
    document.nodes.map((node) => node.id),
  );
  const renewed = (id: string): string => ids.get(id) ?? id;
  const open = portsOf(split, document, catalog)
    .map(({ key }) => ({ from: split.id, port: key }))
    .find((way) => !sameExit(way, exit) && !edgeAt(document, way));
  const copied = document.edges
    .filter((edge) => own.has(edge.from))
    .map(({ from, port, to }) => ({ from: renewed(from), port, to: renewed(to) }));
  const grown = {
    ...document,
    nodes: [...document.nodes, ...originals.map((node) => ({ ...node, id: renewed(node.id) }))],
    edges: [...document.edges, ...copied, ...(open ? [{ ...open, to: renewed(first) }] : [])],
  };
  const groups = groupsOf(document);
  const whole = groups.filter((group) => group.nodes.every((id) => own.has(id)));
  return {
    name: "duplicate",
    document: withGroups(grown, [
      ...groups.map((group) => (group.nodes.includes(split.id) ? joined(group, own, renewed) : group)),
      ...copiesOf(whole, renewed),
    ]),
    types: originals.map((node) => node.type),
    touched: originals.map((node) => renewed(node.id)),
  };
}

/** A group that the split is in takes the copies of its own steps in. */
function joined(group: StepGroup, own: ReadonlySet<string>, renewed: (id: string) => string): StepGroup {
  return { ...group, nodes: [...group.nodes, ...group.nodes.filter((id) => own.has(id)).map(renewed)] };
}
