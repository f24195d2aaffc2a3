import type { TFunction } from "i18next";
import { useEffect, useRef, useState } from "react";
import { useTranslation } from "react-i18next";

import type { Check, Problem } from "@/api/editor";

import { useEditorScope } from "./EditorContext";
import { say } from "./store";
import { usePending } from "./usePending";

/** Tells those who cannot see the marks when the number of errors, or of what is to be done, changes. */
export function useSaidFaults(check: Check | undefined): void {
  const { t } = useTranslation("editor");
  const { editor } = useEditorScope();
  const [opened] = useState(() => editor.getState().history.present);
  const isPending = usePending();
  const told = useRef<string>(undefined);
  const words = check && wordsFor(check.problems, isPending, t);
  useEffect(() => {
    if (words === undefined) return;
    // What it was opened with is no news; what was changed before the first answer came is.
    const known = told.current ?? (editor.getState().history.present === opened ? words : t("problems.none"));
    if (known !== words) say(editor, words);
    told.current = words;
  }, [editor, opened, t, words]);
}

function wordsFor(problems: readonly Problem[], isPending: (problem: Problem) => boolean, t: TFunction<"editor">): string {
  const pending = problems.filter(isPending).length;
  const errors = problems.filter((problem) => problem.severity === "error" && !isPending(problem)).length;
  const said = [
    errors > 0 && t("problems.errors", { count: errors }),
    pending > 0 && t("problems.pending", { count: pending }),
  ];
  return said.filter(Boolean).join(", ") || t("problems.none");
}
