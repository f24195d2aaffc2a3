/** Faults of the graph that the editor sees by itself, at once. The server's check finds these and all others. */

import { type Catalog, isTrigger } from "./catalog";
import type { AutomationDocument } from "./document";
import { reachableFrom } from "./graph";

export type StructuralCode = "no_trigger" | "unreachable" | "unknown_type";

export interface StructuralProblem {
  readonly node: string | null;
  readonly code: StructuralCode;
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
