import { get, set } from "idb-keyval";
import { useEffect } from "react";

import { useUser } from "@/api/session";
import { sameMeaning } from "@/flow/document";
import { type History, rebase } from "@/flow/history";

import type { Editor } from "./store";

/** After how many milliseconds without a change the history is kept. */
const REST = 250;

/**
 * Lets undo reach back beyond a reload: the history is kept in this browser, for each person apart. What others did to
 * the draft meanwhile is not undone with it.
 */
export function useKeptHistory(automation: number, editor: Editor): void {
  const { id: user } = useUser();
  useEffect(() => {
    if (editor.getState().readOnly) return undefined;
    const key = `cadenza-history-${String(user)}-${String(automation)}`;
    let timer: ReturnType<typeof setTimeout> | undefined;
    const keep = (): void => {
      clearTimeout(timer);
      // A browser that keeps nothing, as in private windows, still undoes what was done since the page was opened.
      timer = setTimeout(() => void set(key, editor.getState().history).catch(() => undefined), REST);
    };
    const began = editor.getState().history.present;
    let forget: (() => void) | null = null;
    let left = false;
    const listen = (): void => {
      if (left) return;
      forget = editor.subscribe((now, before) => {
        if (now.history !== before.history) keep();
      });
    };
    get<History>(key)
      .then((kept) => kept && !left && editor.setState(({ history }) => ({ history: continued(kept, began, history) })))
      .catch(() => undefined)
      .finally(listen);
    return () => {
      left = true;
      forget?.();
    };
  }, [automation, editor, user]);
}

/** The kept history, brought to the document that the page opened with, and then what was done since. */
export function continued(kept: History, began: History["present"], since: History): History {
  const brought = sameMeaning(kept.present, began) ? kept : rebase(kept, began);
  const undone = since.past.length + since.future.length > 0 ? since.future : brought.future;
  return { past: [...brought.past, ...since.past], present: since.present, future: undone };
}
