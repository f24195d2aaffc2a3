/** Which connections may be drawn, and why others may not. */

import { type Catalog, isTrigger, type NodeType, portsOf } from "./catalog";
import type { AutomationDocument, FlowEdge } from "./document";
import { sameExit } from "./document";
import { edgeAt, nodeById, reachableFrom } from "./graph";

export type Refusal = "missing" | "self" | "trigger" | "no_port" | "taken" | "cycle";

/**
 * Say why `wanted` may not be drawn, or null when it may.
 *
 * `moving` is the edge being re-routed: it counts as already gone.
 */
export function refusalOf(
  document: AutomationDocument,
  catalog: Catalog,
  wanted: FlowEdge,
  moving?: FlowEdge,
): Refusal | null {
  const rest = moving ? withoutEdge(document, moving) : document;
  const source = nodeById(rest, wanted.from);
  const target = nodeById(rest, wanted.to);
  if (!source || !target) {
    return "missing";
  }
  if (source.id === target.id) {
    return "self";
  }
  if (isTrigger(target, catalog)) {
    return "trigger";
  }
  if (catalog.has(source.type) && !portsOf(source, rest, catalog).some((port) => port.key === wanted.port)) {
    return "no_port";
  }
  if (edgeAt(rest, wanted)) {
    return "taken";
  }
  return reachableFrom(rest, [target.id]).has(source.id) ? "cycle" : null;
}

/** Whether a step of this type can stand at an open end, or in the middle of an edge, where something comes after it. */
export function mayStand(type: NodeType | undefined, place: "edge" | "end"): boolean {
  return type !== undefined && type.kind !== "trigger" && (place === "end" || type.ports.length > 0);
}

function withoutEdge(document: AutomationDocument, gone: FlowEdge): AutomationDocument {
  return { ...document, edges: document.edges.filter((edge) => !sameExit(edge, gone)) };
}
