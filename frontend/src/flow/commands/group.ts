/** Steps under one name. None of these changes what runs. */

import type { AutomationDocument, StepGroup } from "@/flow/document";
import { groupById, groupsOf, LONGEST_NAME, refusalToGroup, withGroups } from "@/flow/groups";
import { freshGroupId } from "@/flow/ids";

import { type Edit, type EditName, typesOf } from "./edit";

/** Put steps under a name; where some of them have one already, the others join these. Null: see `refusalToGroup`. */
export function groupNodes(document: AutomationDocument, ids: readonly string[], name: string): Edit | null {
  if (refusalToGroup(document, ids)) return null;
  const groups = groupsOf(document);
  const joined = groups.find((group) => ids.some((id) => group.nodes.includes(id)));
  if (joined) {
    const nodes = [...joined.nodes, ...ids.filter((id) => !joined.nodes.includes(id))];
    return edit("group", document, groups.map((group) => (group === joined ? { ...joined, nodes } : group)), nodes);
  }
  return edit("group", document, [...groups, { id: freshGroupId(), name: cutName(name), nodes: ids, collapsed: false }], ids);
}

/** Take steps out of their groups; the steps stay. */
export function ungroup(document: AutomationDocument, ids: readonly string[]): Edit {
  const left = groupsOf(document).map((group) => ({ ...group, nodes: group.nodes.filter((id) => !ids.includes(id)) }));
  return edit("ungroup", document, left, ids);
}

/** Give a group another name; one without letters is none. */
export function renameGroup(document: AutomationDocument, id: string, name: string): Edit | null {
  const group = groupById(document, id);
  if (!group || name.trim() === "") return null;
  return edit("rename_group", document, changed(document, [id], { name: cutName(name) }), group.nodes);
}

/** Collapse groups, or open them again. */
export function fold(document: AutomationDocument, ids: readonly string[], collapsed: boolean): Edit {
  const folded = groupsOf(document).filter((group) => ids.includes(group.id) && group.collapsed !== collapsed);
  const steps = folded.flatMap((group) => group.nodes);
  return edit(collapsed ? "collapse" : "expand", document, changed(document, ids, { collapsed }), steps);
}

function changed(document: AutomationDocument, ids: readonly string[], patch: Partial<StepGroup>): StepGroup[] {
  return groupsOf(document).map((group) => (ids.includes(group.id) ? { ...group, ...patch } : group));
}

function cutName(name: string): string {
  return Array.from(name.trim()).slice(0, LONGEST_NAME).join(""); // by whole letters
}

function edit(
  name: EditName,
  document: AutomationDocument,
  groups: readonly StepGroup[],
  touched: readonly string[],
): Edit {
  return { name, document: withGroups(document, groups), types: typesOf(document, new Set(touched)), touched };
}
