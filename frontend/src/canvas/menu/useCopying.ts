import { useTranslation } from "react-i18next";

import { useEditorScope, useVerbs } from "@/canvas/state/EditorContext";
import { say } from "@/canvas/state/store";

import { usePasting } from "./usePasting";

interface Copying {
  copy: (ids: readonly string[]) => void;
  paste: () => void;
}

/** Copying and pasting without a keyboard; null where the browser keeps its clipboard from pages, as it does without TLS. */
export function useCopying(): Copying | null {
  const { t } = useTranslation("editor");
  const { editor } = useEditorScope();
  const verbs = useVerbs();
  const paste = usePasting();
  const clipboard = window.isSecureContext ? navigator.clipboard : null;
  if (!clipboard) return null;
  return {
    copy: (ids) => {
      const text = verbs.copyText(ids);
      if (text !== null) void clipboard.writeText(text).then(() => say(editor, t("said.copied")));
    },
    paste: () => {
      // Whoever does not let the page read the clipboard is not asked again.
      void clipboard.readText().then(paste, () => undefined);
    },
  };
}
