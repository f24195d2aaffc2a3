import { useCallback, useEffect, useState } from "react";
import { useTranslation } from "react-i18next";

import { type Automation, fetchAutomation, renameAutomation, saveDraft } from "@/api/editor";
import { useUser } from "@/api/session";
import type { AutomationDocument } from "@/flow/document";
import { type Clash, merge, type Side } from "@/flow/merge";
import { toastDone } from "@/ui/feedback/toast";

import { adopt } from "./adopt";
import { Autosaver, type SaveState } from "./Autosaver";
import { keep, type keptDraft } from "./kept";
import type { Editor } from "./store";

/** After how many milliseconds it is tried again to put drafts together, while the server is away. */
const AGAIN = 5000;

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
  /** What was changed here and elsewhere, each in another way: the user must say whose stays. */
  readonly clashes: readonly Clash[];
  /** Save now, and tell the draft's revision; null when it could not be saved. */
  readonly flush: () => Promise<number | null>;
  /** The draft was changed elsewhere: put both together. */
  readonly outdated: () => void;
  /** Answers the clashes; all else that was done on either side stays. */
  readonly resolve: (prefer: Side) => Promise<void>;
}

type Began = Pick<Automation, "draft_revision" | "document" | "name" | "updated_at">;

/**
 * Saves the editor's document whenever it changes, and takes in what others save. `kept` is what an earlier visit could
 * not send. Nobody's work is overwritten: see `merge`.
 */
export function useAutosave(id: number, editor: Editor, began: Began, kept: ReturnType<typeof keptDraft>): Autosave {
  const { t } = useTranslation("together");
  const { id: user } = useUser();
  const [state, setState] = useState<SaveState>({ kind: "saved", at: new Date(began.updated_at) });
  const [clashes, setClashes] = useState<readonly Clash[]>([]);
  const [saver] = useState(() => {
    const base = kept?.base ?? { revision: began.draft_revision, document: began.document };
    return new Autosaver(base, {
      save: savingTo(id, base.document.name),
      keep: (what) => keep(user, id, what),
      tell: setState,
    });
  });

  /** Put what was done here and elsewhere together; without `prefer`, only if nothing clashes. */
  const settle = useCallback(
    async (prefer?: Side) => {
      const theirs = await fetchAutomation(id);
      const mine = editor.getState().history.present;
      const merged = merge(saver.saved.document, mine, theirs.document, prefer ?? "theirs");
      if (merged.clashes.length > 0 && prefer === undefined) {
        setClashes(merged.clashes);
        return;
      }
      setClashes([]);
      const alike = JSON.stringify(merged.document) === JSON.stringify(theirs.document);
      const document = alike ? theirs.document : merged.document;
      saver.resume({ revision: theirs.draft_revision, document: theirs.document });
      adopt(editor, document);
      toastDone({ message: t("merge.done") });
    },
    [editor, id, saver, t],
  );

  useEffect(() => {
    const stopListening = editor.subscribe((now, before) => {
      if (now.history.present !== before.history.present && !now.readOnly) saver.changed(now.history.present);
    });
    if (kept && !editor.getState().readOnly) saver.changed(editor.getState().history.present);
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
  }, [editor, kept, saver]);

  const conflict = state.kind === "conflict";
  useEffect(() => {
    if (!conflict) return undefined;
    let timer: ReturnType<typeof setTimeout> | undefined;
    const attempt = (): void => {
      settle().catch(() => (timer = setTimeout(attempt, AGAIN)));
    };
    attempt();
    return () => clearTimeout(timer);
  }, [conflict, settle]);

  // What others saved, as the page hears of it, while nothing waits here.
  const { draft_revision: revision, document: theirs } = began;
  useEffect(() => {
    const { saved } = saver;
    const newer = revision > saved.revision || (revision === saved.revision && theirs.name !== saved.document.name);
    if (!newer || saver.unsaved) return;
    saver.resume({ revision, document: theirs });
    adopt(editor, theirs);
  }, [editor, revision, saver, theirs]);

  const outdated = useCallback(() => saver.outdated(editor.getState().history.present), [editor, saver]);
  return { state, clashes, flush: useCallback(() => saver.flush(), [saver]), outdated, resolve: settle };
}
