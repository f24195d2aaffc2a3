import { useTranslation } from "react-i18next";

import { type Check, useCheck } from "@/api/editor";
import type { AutomationDocument } from "@/flow/document";
import { structuralProblems } from "@/flow/problems";

import { useEditorScope } from "./EditorContext";

/** The server's word on the draft; while it cannot be asked, the faults that can be seen without it. */
export function useFindings(document: AutomationDocument): Check | undefined {
  const { t } = useTranslation("editor");
  const { catalog } = useEditorScope();
  const { data, isError } = useCheck(document);
  if (!isError) return data;
  const problems = structuralProblems(document, catalog).map(({ node, code }) => ({
    node,
    code,
    field: null,
    severity: "error" as const,
    message: t(`fault.${code}`),
    remedy: null,
  }));
  return { problems, summaries: data?.summaries ?? {}, settings: {}, sentence: "", event_places: [] };
}
