import { useEffect, useRef, useState } from "react";
import { useTranslation } from "react-i18next";

import type { Check } from "@/api/editor";

import { useEditorScope } from "./EditorContext";
import { say } from "./store";
import { usePending } from "./usePending";

/** Tells those who cannot see the marks when the number of errors changes. */
export function useSaidFaults(check: Check | undefined): void {
  const { t } = useTranslation("editor");
  const { editor } = useEditorScope();
  const [opened] = useState(() => editor.getState().history.present);
  const isPending = usePending();
  const errors = check?.problems.filter((problem) => problem.severity === "error" && !isPending(problem)).length;
  const pending = check?.problems.filter(isPending).length ?? 0;
  const told = useRef<number>(undefined);
  useEffect(() => {
    if (errors === undefined) return;
    // What it was opened with is no news; what was changed before the first answer came is.
    const known = told.current ?? (editor.getState().history.present === opened ? errors : 0);
    const rest = pending > 0 ? t("problems.pending", { count: pending }) : t("problems.none");
    if (known !== errors) say(editor, errors === 0 ? rest : t("problems.errors", { count: errors }));
    told.current = errors;
  }, [editor, errors, opened, pending, t]);
}
