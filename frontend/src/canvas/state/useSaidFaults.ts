import { useEffect, useRef } from "react";
import { useTranslation } from "react-i18next";

import type { Check } from "@/api/editor";

import { useEditorScope } from "./EditorContext";
import { say } from "./store";

/** Tells those who cannot see the marks when the number of errors changes. */
export function useSaidFaults(check: Check | undefined): void {
  const { t } = useTranslation("editor");
  const { editor } = useEditorScope();
  const errors = check?.problems.filter((problem) => problem.severity === "error").length;
  const told = useRef(errors);
  useEffect(() => {
    if (told.current !== undefined && errors !== undefined && told.current !== errors) {
      say(editor, errors === 0 ? t("problems.none") : t("problems.errors", { count: errors }));
    }
    told.current = errors;
  }, [editor, errors, t]);
}
