/** An automation told line by line, with its groups: a heading where one is entered, and which lines are in it. */

import type { AutomationDocument, StepGroup } from "./document";
import { groupOf } from "./groups";

export interface Line {
  /** How much further in the line stands. */
  readonly depth: number;
  /** The step it speaks of; null: of a way. */
  readonly node: string | null;
  readonly text: string;
}

export interface GroupedLine extends Line {
  /** `heading`: the name of a group; `inside`: a line of one. */
  readonly part: "heading" | "inside" | "outside";
}

/** A way is in the group of the step it begins at. Where ways join, the step that was told before brings no heading. */
export function withHeadings(lines: readonly Line[], document: AutomationDocument): GroupedLine[] {
  const told = new Set<string>();
  const before: { readonly depth: number; readonly group: StepGroup | undefined }[] = [];
  return lines.flatMap((line): GroupedLine[] => {
    const { depth, node } = line;
    while ((before.at(-1)?.depth ?? -1) > depth) before.pop();
    const left = before.at(-1)?.group;
    if (node === null || told.has(node)) return [{ ...line, part: left ? "inside" : "outside" }];
    told.add(node);
    const group = groupOf(document, node);
    before.push({ depth, group });
    const inside: GroupedLine = { ...line, part: group ? "inside" : "outside" };
    return group && group !== left ? [{ depth, node: null, text: group.name, part: "heading" }, inside] : [inside];
  });
}
