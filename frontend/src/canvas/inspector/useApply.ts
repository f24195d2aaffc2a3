import { useQueryClient } from "@tanstack/react-query";
import { useCallback } from "react";
import { useTranslation } from "react-i18next";

import { checkQuery } from "@/api/editor";
import { contestedOf } from "@/canvas/state/contested";
import { useEditorScope, useStepWords } from "@/canvas/state/EditorContext";
import { apply, mendStep, openStep, say, type Wish } from "@/canvas/state/store";
import { toastUnfinished } from "@/canvas/toasts";
import { undoFromHere } from "@/canvas/verbs/undoing";
import { nodeById } from "@/flow/graph";
import { useLanguage } from "@/i18n/useLanguage";
import { toastDone } from "@/ui/feedback/toast";

import { editOf, faultsOf } from "./draft";

/**
 * "Apply to step": what was changed is in force from here on, and the settings close. A draft may be unfinished; which
 * setting is still wrong is told then, with the way back to it. Where others changed the same setting, it is asked first
 * whose stays; what was wished for happens once it is applied.
 */
export function useApply(): (id: string, wish?: Wish) => void {
  const { t } = useTranslation("editor");
  const { catalog, editor } = useEditorScope();
  const words = useStepWords();
  const client = useQueryClient();
  const lang = useLanguage();
  return useCallback(
    (id, wish) => {
      const { draft, history } = editor.getState();
      if (contestedOf(draft, nodeById(history.present, id)).length > 0) {
        editor.setState({ deciding: wish ?? { go: () => undefined } });
        return;
      }
      const edit = draft && editOf(history.present, catalog, draft);
      if (edit) {
        const gone = history.present.edges.length - edit.document.edges.length;
        apply(editor, edit);
        if (gone > 0) toastDone({ message: t("toast.ways_gone", { count: gone }), undo: undoFromHere(editor) });
      }
      editor.setState({ draft: null });
      say(editor, t("said.applied", { step: words.step(id) }));
      openStep(editor, null);
      editor.setState({ focus: id });
      wish?.go();
      // While the server is away the step's own mark tells later.
      tellFault(id).catch(() => undefined);

      async function tellFault(step: string): Promise<void> {
        const document = editor.getState().history.present;
        const node = nodeById(document, step);
        const { problems } = await client.fetchQuery(checkQuery(document, lang));
        const fault = node && faultsOf(problems, node).find(({ severity }) => severity === "error");
        if (!fault) return;
        const message = t("toast.unfinished", { step: words.step(step), fault: fault.message });
        say(editor, message);
        toastUnfinished(message, t("toast.open_settings"), () => {
          if (!nodeById(editor.getState().history.present, step)) return;
          mendStep(editor, step);
        });
      }
    },
    [catalog, client, editor, lang, t, words],
  );
}
