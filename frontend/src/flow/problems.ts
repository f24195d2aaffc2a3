/** Faults of the graph that the editor sees by itself, at once. The server's check finds these and all others. */

import { type Catalog, isTrigger } from "./catalog";
import type { AutomationDocument } from "./document";
import { reachableFrom } from "./graph";

export type StructuralCode = "no_trigger" | "unreachable" | "unknown_type";

export interface StructuralProblem {
  readonly node: string | null;
  readonly code: StructuralCode;
}

interface Fault {
  readonly node: string | null;
  readonly field: string | null;
  readonly code: string;
  readonly severity: "error" | "warning";
}

const UNCONNECTED = new Set(["unreachable", "unreachable_step"]);

/**
 * Whether a fault only says what comes next: nothing was put on the canvas yet, or of a `fresh` step, one that was just
 * put there, a setting is missing, or what leads to it or follows it. What names something that is not here is wrong.
 */
export function isPending(
  fault: Fault,
  document: AutomationDocument,
  fresh: ReadonlySet<string>,
): boolean {
  if (fault.node === null) return document.nodes.length === 0 && fault.code === "no_trigger";
  if (!fresh.has(fault.node) || fault.code.startsWith("unknown_")) return false;
  return fault.field !== null || fault.severity === "warning" || UNCONNECTED.has(fault.code);
}

export function structuralProblems(document: AutomationDocument, catalog: Catalog): StructuralProblem[] {
  const triggers = document.nodes.filter((node) => isTrigger(node, catalog)).map((node) => node.id);
  const reached = reachableFrom(document, triggers);
  const none: StructuralProblem[] = triggers.length === 0 ? [{ node: null, code: "no_trigger" }] : [];
  const faults = document.nodes.flatMap((node): StructuralProblem[] => [
    ...(catalog.has(node.type) ? [] : [{ node: node.id, code: "unknown_type" as const }]),
    ...(triggers.length > 0 && !reached.has(node.id) ? [{ node: node.id, code: "unreachable" as const }] : []),
  ]);
  return [...none, ...faults];
}
