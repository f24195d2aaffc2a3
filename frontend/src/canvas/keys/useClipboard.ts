import { useEffect } from "react";
import { useTranslation } from "react-i18next";

import { useEditorScope, useVerbs } from "@/canvas/state/EditorContext";
import { say } from "@/canvas/state/store";

import { usePasting } from "@/canvas/menu/usePasting";

import { isElsewhere, modal } from "./targets";

/** Copy, cut and paste of steps as readable text, between automations and browsers too. */
export function useClipboard(): void {
  const { t } = useTranslation("editor");
  const { editor } = useEditorScope();
  const verbs = useVerbs();
  const paste = usePasting();

  useEffect(() => {
    const onCopy = (event: ClipboardEvent) => {
      const { selected, readOnly } = editor.getState();
      const words = modal() !== null || isElsewhere(event.target) || window.getSelection()?.type === "Range";
      const text = words ? null : verbs.copyText(selected);
      if (text === null || !event.clipboardData) return;
      event.clipboardData.setData("text/plain", text);
      event.preventDefault();
      if (event.type === "cut" && !readOnly) verbs.cut(selected);
      say(editor, t("said.copied"));
    };
    const onPaste = (event: ClipboardEvent) => {
      const text = event.clipboardData?.getData("text/plain") ?? "";
      if (text === "" || modal() !== null || isElsewhere(event.target) || editor.getState().readOnly) return;
      if (paste(text)) event.preventDefault();
    };
    document.addEventListener("copy", onCopy);
    document.addEventListener("cut", onCopy);
    document.addEventListener("paste", onPaste);
    return () => {
      document.removeEventListener("copy", onCopy);
      document.removeEventListener("cut", onCopy);
      document.removeEventListener("paste", onPaste);
    };
  }, [verbs, editor, paste, t]);
}
