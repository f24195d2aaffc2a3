import { useCallback } from "react";
import { useTranslation } from "react-i18next";

import { useEditorScope, useStepWords } from "@/canvas/state/EditorContext";
import { apply, openStep, say } from "@/canvas/state/store";
import { undoFromHere } from "@/canvas/verbs/undoing";
import { setConfig } from "@/flow/commands";
import { nodeById } from "@/flow/graph";
import { toastDone } from "@/ui/feedback/toast";

import { withDraft } from "./draft";

/** "Apply to step": what was changed is in force from here on, and the settings close. */
export function useApply(): (id: string) => void {
  const { t } = useTranslation("editor");
  const { catalog, editor } = useEditorScope();
  const words = useStepWords();
  return useCallback(
    (id) => {
      const { draft, history, fresh } = editor.getState();
      const config = nodeById(withDraft(history.present, catalog, draft), id)?.config;
      if (config) {
        const edit = setConfig(history.present, catalog, id, config);
        const gone = history.present.edges.length - edit.document.edges.length;
        apply(editor, edit);
        if (gone > 0) toastDone({ message: t("toast.ways_gone", { count: gone }), undo: undoFromHere(editor) });
      }
      editor.setState({ draft: null, fresh: new Set([...fresh].filter((each) => each !== id)) });
      say(editor, t("said.applied", { step: words.step(id) }));
      openStep(editor, null);
      editor.setState({ focus: id });
    },
    [catalog, editor, t, words],
  );
}
