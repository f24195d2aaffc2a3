/** Groups of steps: which there are, and which there may be. They change how an automation is drawn, never what it does. */

import type { AutomationDocument, StepGroup } from "./document";
import { leadingTo, reachableFrom } from "./graph";

export const FEWEST = 2;
export const LONGEST_NAME = 80;

const NONE: readonly StepGroup[] = [];

export function groupsOf({ groups }: Pick<AutomationDocument, "groups">): readonly StepGroup[] {
  return groups ?? NONE;
}

export function groupById(document: AutomationDocument, id: string): StepGroup | undefined {
  return groupsOf(document).find((group) => group.id === id);
}

/** The group that a step is in. */
export function groupOf(document: AutomationDocument, node: string): StepGroup | undefined {
  return groupsOf(document).find((group) => group.nodes.includes(node));
}

/** The group whose steps these are: all of them, and no others. */
export function groupMadeOf(document: AutomationDocument, ids: readonly string[]): StepGroup | undefined {
  const group = groupOf(document, ids[0] ?? "");
  return group && sameMembers(group.nodes, ids) ? group : undefined;
}

/** The document with these groups, without steps that are gone or in an earlier one; too small a group dissolves. */
export function withGroups(document: AutomationDocument, groups: readonly StepGroup[]): AutomationDocument {
  if (groups.length === 0 && document.groups === undefined) return document;
  const free = new Set(document.nodes.map((node) => node.id));
  const sound = groups.flatMap((group) => {
    const nodes = group.nodes.filter((id) => free.delete(id));
    if (nodes.length < FEWEST) return [];
    return nodes.length === group.nodes.length ? [group] : [{ ...group, nodes }];
  });
  const { groups: _before, ...rest } = document;
  return sound.length > 0 ? { ...rest, groups: sound } : rest;
}

/**
 * Why steps may not become a group, or join the one that some of them are in: too `few`, `same` as it is,
 * `several` groups, or steps that lie `between` them, without which a line would leave the group and come back.
 */
export type GroupRefusal =
  | { readonly reason: "few" | "same" | "several" }
  | { readonly reason: "between"; readonly steps: readonly string[] };

export function refusalToGroup(document: AutomationDocument, ids: readonly string[]): GroupRefusal | null {
  const concerned = groupsOf(document).filter((group) => ids.some((id) => group.nodes.includes(id)));
  const [joined] = concerned;
  if (concerned.length > 1) return { reason: "several" };
  if (joined && ids.every((id) => joined.nodes.includes(id))) return { reason: "same" };
  const members = new Set([...ids, ...(joined?.nodes ?? [])]);
  if (members.size < FEWEST) return { reason: "few" };
  const steps = between(document, members);
  return steps.length > 0 ? { reason: "between", steps } : null;
}

/** Other steps that follow from some of these and lead to others of them. */
export function between(document: AutomationDocument, members: ReadonlySet<string>): string[] {
  const [after, before] = [reachableFrom(document, members), leadingTo(document, ...members)];
  return document.nodes.map((node) => node.id).filter((id) => !members.has(id) && after.has(id) && before.has(id));
}

function sameMembers(one: readonly string[], other: readonly string[]): boolean {
  return one.length === other.length && one.every((id) => other.includes(id));
}
