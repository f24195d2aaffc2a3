import { type Editor, go } from "@/canvas/state/store";

/** Makes a function that undoes the latest edit, and what came after it when it is called later. */
export function undoFromHere(editor: Editor): () => void {
  const before = editor.getState().history.past.length - 1;
  return () => go(editor, before - editor.getState().history.past.length);
}
