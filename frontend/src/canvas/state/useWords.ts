import { useMemo } from "react";
import { useTranslation } from "react-i18next";

import { portsOf } from "@/flow/catalog";
import type { Exit } from "@/flow/document";
import { nodeById } from "@/flow/graph";

import { useEditorScope } from "./EditorContext";

export interface StepWords {
  /** The name of a type: “Email opened”, or “Unknown step”. */
  type: (key: string) => string;
  /** The name of a step, by its id. */
  step: (id: string) => string;
  /** The word at a way out: “Yes”. */
  port: (exit: Exit) => string;
}

/** Names of steps, in the screen's language, for labels and messages. */
export function useStepWords(): StepWords {
  const { t } = useTranslation("editor");
  const { catalog, editor } = useEditorScope();
  return useMemo(() => {
    const type = (key: string): string => catalog.get(key)?.label ?? t("step.unknown");
    const find = (id: string) => nodeById(editor.getState().history.present, id);
    return {
      type,
      step: (id) => type(find(id)?.type ?? ""),
      port: ({ from, port }) => {
        const node = find(from);
        const ports = node ? portsOf(node, editor.getState().history.present, catalog) : [];
        return ports.find((each) => each.key === port)?.label ?? port;
      },
    };
  }, [catalog, editor, t]);
}
