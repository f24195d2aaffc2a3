import { useCallback, useEffect, useState } from "react";

import { fetchAutomation, renameAutomation, saveDraft } from "@/api/editor";
import type { AutomationDocument } from "@/flow/document";

import { Autosaver, type SaveState } from "./Autosaver";
import { keep, keptDraft } from "./kept";
import { type Editor, load } from "./store";

/** Saves drafts, and the name, which the server keeps apart from them. */
function savingTo(id: number, savedName: string) {
  let name = savedName;
  return async (document: AutomationDocument, base: number) => {
    if (document.name !== name) {
      await renameAutomation(id, document.name);
      name = document.name;
    }
    return saveDraft(id, document, base);
  };
}

export interface Autosave {
  readonly state: SaveState;
  /** Save now, and tell the draft's revision; null when it could not be saved. */
  readonly flush: () => Promise<number | null>;
  /** The draft was changed elsewhere: ask whose shall stay. */
  readonly outdated: () => void;
  /** Answers a conflict: put mine over what was saved elsewhere, or take that. */
  readonly resolve: (keepMine: boolean) => Promise<void>;
}

/** What the server had when the editor was opened. */
interface Saved {
  readonly revision: number;
  readonly name: string;
  readonly at: Date;
}

/** Saves the editor's document whenever it changes. */
export function useAutosave(id: number, editor: Editor, { revision, name: savedName, at }: Saved): Autosave {
  const [state, setState] = useState<SaveState>({ kind: "saved", at });
  const [saver] = useState(
    () =>
      new Autosaver(revision, { save: savingTo(id, savedName), keep: (kept) => keep(id, kept), tell: setState }),
  );

  useEffect(() => {
    const stopListening = editor.subscribe((now, before) => {
      if (now.history.present !== before.history.present && !now.readOnly && !before.readOnly) {
        saver.changed(now.history.present);
      }
    });
    if (keptDraft(id, revision) && !editor.getState().readOnly) saver.changed(editor.getState().history.present);
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
  }, [editor, id, revision, saver]);

  const resolve = useCallback(
    async (keepMine: boolean) => {
      const theirs = await fetchAutomation(id);
      saver.resume(theirs.draft_revision, keepMine);
      if (!keepMine) load(editor, theirs.document, false);
    },
    [editor, id, saver],
  );

  const outdated = useCallback(() => saver.outdated(editor.getState().history.present), [editor, saver]);
  return { state, flush: useCallback(() => saver.flush(), [saver]), outdated, resolve };
}
