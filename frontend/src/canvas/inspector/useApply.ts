import { useCallback } from "react";
import { useTranslation } from "react-i18next";

import { useEditorScope, useStepWords } from "@/canvas/state/EditorContext";
import { apply, openStep, say } from "@/canvas/state/store";
import { setConfig } from "@/flow/commands";
import { nodeById } from "@/flow/graph";

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
      if (config) apply(editor, setConfig(history.present, id, config));
      editor.setState({ draft: null, fresh: new Set([...fresh].filter((each) => each !== id)) });
      say(editor, t("said.applied", { step: words.step(id) }));
      openStep(editor, null);
      editor.setState({ focus: id });
    },
    [catalog, editor, t, words],
  );
}
