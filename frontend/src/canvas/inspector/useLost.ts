import { useEffect } from "react";
import { useTranslation } from "react-i18next";

import { useEditor, useEditorScope } from "@/canvas/state/EditorContext";
import { apply, select } from "@/canvas/state/store";
import { toastLost } from "@/canvas/toasts";
import { addNode } from "@/flow/commands";

/** Tells that others removed the step whose settings were being changed here, and offers to put it back with these. */
export function useLost(): void {
  const { t } = useTranslation("together");
  const { catalog, editor } = useEditorScope();
  const lost = useEditor((state) => state.lost);
  useEffect(() => {
    if (!lost) return;
    editor.setState({ lost: null });
    const step = catalog.get(lost.type)?.label ?? lost.type;
    toastLost(t("lost.told", { step }), t("lost.back"), () => {
      const edit = addNode(editor.getState().history.present, lost, lost.position);
      apply(editor, edit);
      select(editor, edit.touched, edit.touched[0]);
    });
  }, [catalog, editor, lost, t]);
}
