/** What differs between two versions of an automation: steps, lines and settings. Places on the canvas do not count. */

import type { AutomationDocument, FlowEdge, FlowNode, Json, JsonObject } from "./document";
import { edgeKey } from "./document";

export type Change = "added" | "removed" | "changed";

/** A setting by its key; undefined: it is not set. */
export interface FieldChange {
  readonly field: string;
  readonly before: Json | undefined;
  readonly after: Json | undefined;
}

export interface StepChange {
  readonly id: string;
  readonly type: string;
  readonly change: Change;
  /** What was changed in it; empty for one that is new or gone. */
  readonly fields: readonly FieldChange[];
}

/** A line is new or gone; one that leads elsewhere is both. */
export interface WayChange {
  readonly edge: FlowEdge;
  readonly change: "added" | "removed";
}

export interface Diff {
  readonly steps: readonly StepChange[];
  readonly ways: readonly WayChange[];
  readonly settings: readonly FieldChange[];
}

export function diffOf(before: AutomationDocument, after: AutomationDocument): Diff {
  return {
    steps: stepChanges(before.nodes, after.nodes),
    ways: wayChanges(before.edges, after.edges),
    settings: fieldChanges(before.settings, after.settings),
  };
}

/** How many things differ, as a person counts them. */
export function sizeOf({ steps, ways, settings }: Diff): number {
  return steps.length + ways.length + settings.length;
}

/** Both in one picture: the later document, with the steps and lines of the earlier one that are gone from it. */
export function union(before: AutomationDocument, after: AutomationDocument): AutomationDocument {
  const { steps, ways } = diffOf(before, after);
  const gone = new Set(steps.filter((step) => step.change === "removed").map((step) => step.id));
  const lost = ways.filter((way) => way.change === "removed").map((way) => way.edge);
  return {
    ...after,
    nodes: [...after.nodes, ...before.nodes.filter((node) => gone.has(node.id))],
    edges: [...after.edges, ...lost],
  };
}

/** A line by its both ends: two that leave by one port differ. */
export function wayKey(edge: FlowEdge): string {
  return `${edgeKey(edge)}:${edge.to}`;
}

function stepChanges(before: readonly FlowNode[], after: readonly FlowNode[]): StepChange[] {
  const old = new Map(before.map((node) => [node.id, node]));
  const kept = new Set(after.map((node) => node.id));
  const there = after.flatMap((node): StepChange[] => {
    const was = old.get(node.id);
    if (!was) return [{ id: node.id, type: node.type, change: "added", fields: [] }];
    const fields = fieldChanges(
      { ...was.config, ...(was.type !== node.type && { type: was.type }) },
      { ...node.config, ...(was.type !== node.type && { type: node.type }) },
    );
    return fields.length > 0 ? [{ id: node.id, type: node.type, change: "changed", fields }] : [];
  });
  const gone = before.filter((node) => !kept.has(node.id));
  return [...there, ...gone.map(({ id, type }): StepChange => ({ id, type, change: "removed", fields: [] }))];
}

function wayChanges(before: readonly FlowEdge[], after: readonly FlowEdge[]): WayChange[] {
  const old = new Set(before.map(wayKey));
  const kept = new Set(after.map(wayKey));
  return [
    ...after.filter((edge) => !old.has(wayKey(edge))).map((edge): WayChange => ({ edge, change: "added" })),
    ...before.filter((edge) => !kept.has(wayKey(edge))).map((edge): WayChange => ({ edge, change: "removed" })),
  ];
}

type Fields = Readonly<Record<string, Json | undefined>>;

function fieldChanges(before: Fields, after: Fields): FieldChange[] {
  return [...new Set([...Object.keys(before), ...Object.keys(after)])]
    .toSorted()
    .filter((field) => !sameValue(before[field], after[field]))
    .map((field) => ({ field, before: before[field], after: after[field] }));
}

/** Whether two values say the same, whatever order their keys are written in. */
function sameValue(one: Json | undefined, other: Json | undefined): boolean {
  return one === other || sorted(one) === sorted(other);
}

function sorted(value: Json | undefined): string | undefined {
  return JSON.stringify(value, (_key, part: unknown) =>
    typeof part === "object" && part !== null && !Array.isArray(part)
      ? Object.fromEntries(Object.entries(part as JsonObject).toSorted(([a], [b]) => (a < b ? -1 : 1)))
      : part,
  );
}
