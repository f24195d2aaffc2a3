/** Undo and redo: named, unlimited, one entry for one gesture. */

import type { Edit, EditName } from "./commands/edit";
import type { AutomationDocument } from "./document";
import { merge } from "./merge";

export interface Entry {
  readonly name: EditName;
  readonly types: readonly string[];
  /** What undoing (in `past`) or redoing (in `future`) this entry brings back. */
  readonly document: AutomationDocument;
}

/** `past` ends with the latest entry, `future` begins with the next. */
export interface History {
  readonly past: readonly Entry[];
  readonly present: AutomationDocument;
  readonly future: readonly Entry[];
}

export function startHistory(present: AutomationDocument): History {
  return { past: [], present, future: [] };
}

/** Take an edit in. One that changed nothing leaves no trace. */
export function record(history: History, { name, types, document }: Edit): History {
  if (document === history.present || JSON.stringify(document) === JSON.stringify(history.present)) {
    return history;
  }
  return { past: [...history.past, { name, types, document: history.present }], present: document, future: [] };
}

export function undo({ past, present, future }: History): History | null {
  const last = past.at(-1);
  if (!last) {
    return null;
  }
  return { past: past.slice(0, -1), present: last.document, future: [{ ...last, document: present }, ...future] };
}

export function redo({ past, present, future }: History): History | null {
  const [next, ...rest] = future;
  if (!next) {
    return null;
  }
  return { past: [...past, { ...next, document: present }], present: next.document, future: rest };
}

/** Undo (negative) or redo (positive) several entries; stops at either end. */
export function travel(history: History, steps: number): History {
  let at = history;
  for (let left = Math.abs(steps); left > 0; left -= 1) {
    const next = steps < 0 ? undo(at) : redo(at);
    if (!next) {
      break;
    }
    at = next;
  }
  return at;
}

/** Take in what others made of the present. Undoing an own edit afterwards leaves alone what they did. */
export function rebase(history: History, present: AutomationDocument): History {
  const moved = (entry: Entry): Entry => ({
    ...entry,
    document: merge(history.present, entry.document, present, "theirs").document,
  });
  return { past: history.past.map(moved), present, future: history.future.map(moved) };
}
