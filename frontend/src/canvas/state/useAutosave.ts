import { useCallback, useEffect, useMemo, useState } from "react";

import { fetchAutomation, saveDraft } from "@/api/editor";
import type { AutomationDocument } from "@/flow/document";

import { Autosaver, type Kept, type SaveState } from "./Autosaver";
import { type Editor, load } from "./store";

const keptUnder = (id: number): string => `cadenza-draft-${String(id)}`;

/** The draft that an earlier visit could not save, if the server's is still the one it was made from. */
export function keptDraft(id: number, revision: number): AutomationDocument | null {
  const text = window.localStorage.getItem(keptUnder(id));
  if (text === null) return null;
  const kept = JSON.parse(text) as Kept;
  if (kept.revision === revision) return kept.document;
  window.localStorage.removeItem(keptUnder(id));
  return null;
}

function keep(id: number, kept: Kept | null): void {
  if (kept) {
    window.localStorage.setItem(keptUnder(id), JSON.stringify(kept));
  } else {
    window.localStorage.removeItem(keptUnder(id));
  }
}

export interface Autosave {
  readonly state: SaveState;
  /** Save now; false when the draft could not be saved. */
  readonly flush: () => Promise<boolean>;
  /** Answers a conflict: put mine over what was saved elsewhere, or take that. */
  readonly resolve: (keepMine: boolean) => Promise<void>;
}

/** Saves the editor's document whenever it changes. */
export function useAutosave(id: number, editor: Editor, revision: number, savedAt: Date): Autosave {
  const [state, setState] = useState<SaveState>({ kind: "saved", at: savedAt });
  // The revision this visit began with; the saver follows it from there.
  const [first] = useState(revision);
  const saver = useMemo(
    () =>
      new Autosaver(first, {
        save: (document, base) => saveDraft(id, document, base),
        keep: (kept) => keep(id, kept),
        tell: setState,
      }),
    [id, first],
  );

  useEffect(() => {
    const stopListening = editor.subscribe((now, before) => {
      if (now.history.present !== before.history.present && !now.readOnly && !before.readOnly) {
        saver.changed(now.history.present);
      }
    });
    const retry = () => void saver.flush();
    const warn = (event: BeforeUnloadEvent) => {
      if (saver.unsaved || editor.getState().draft) event.preventDefault();
    };
    window.addEventListener("online", retry);
    window.addEventListener("beforeunload", warn);
    return () => {
      stopListening();
      window.removeEventListener("online", retry);
      window.removeEventListener("beforeunload", warn);
      void saver.flush();
    };
  }, [editor, saver]);

  const resolve = useCallback(
    async (keepMine: boolean) => {
      const theirs = await fetchAutomation(id);
      saver.resume(theirs.draft_revision, keepMine);
      if (!keepMine) load(editor, theirs.document, false);
    },
    [editor, id, saver],
  );

  return { state, flush: useCallback(() => saver.flush(), [saver]), resolve };
}
