/** Going back and forth through what was done. */

import { type Editor, go, say } from "@/canvas/state/store";

import type { Tools } from "./tools";

export function makeUndoing({ editor, t, words }: Tools) {
  return {
    /** Undo (negative) or redo some steps of the history, and say which. */
    travel: (steps: number): void => {
      const { past, future } = editor.getState().history;
      const entry = steps < 0 ? past.at(steps) : future.at(steps - 1);
      if (!entry) return;
      go(editor, steps);
      say(editor, t(steps < 0 ? "said.undone" : "said.redone", { what: words.edit(entry) }));
    },
  };
}

/** Makes a function that undoes the latest edit, and what came after it when it is called later. */
export function undoFromHere(editor: Editor): () => void {
  const before = editor.getState().history.past.length - 1;
  return () => go(editor, before - editor.getState().history.past.length);
}
