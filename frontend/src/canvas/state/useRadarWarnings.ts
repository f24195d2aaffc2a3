import { useMemo, useState } from "react";

import type { Check, Problem } from "@/api/editor";
import { useFindingsOf } from "@/api/radar";
import type { RadarFinding } from "@/api/types";
import type { AutomationDocument, JsonObject } from "@/flow/document";
import { nodeById } from "@/flow/graph";

import type { SaveState } from "./Autosaver";
import { useEditorScope } from "./EditorContext";

/**
 * Adds what the radar finds of the draft to what was found by itself. It comes after that, so that opening and typing
 * never wait for a look at all automations.
 */
export function useRadarWarnings(check: Check | undefined, save: SaveState): Check | undefined {
  const { automation, editor } = useEditorScope();
  const [saved, setSaved] = useState(0);
  if (save.kind === "saved" && save.at.getTime() !== saved) setSaved(save.at.getTime());
  const { data: findings } = useFindingsOf(automation, saved, check !== undefined);
  return useMemo(() => {
    if (!check || !findings) return check;
    const document = editor.getState().history.present;
    return { ...check, problems: [...check.problems, ...findings.flatMap((each) => warning(each, automation, document))] };
  }, [automation, check, editor, findings]);
}

/** A finding as this automation's list has it; none if its step has gone since. */
function warning(finding: RadarFinding, automation: number, document: AutomationDocument): Problem[] {
  const { code, message, remedy, witness, fix } = finding;
  const here = witness.find((place) => place.automation === automation);
  if (!here || (here.node !== null && !nodeById(document, here.node))) return [];
  return [
    {
      node: here.node,
      field: null,
      code,
      severity: "warning",
      message,
      remedy,
      fix: fix?.automation === automation ? { label: fix.label, patch: fix.patch as JsonObject } : null,
      elsewhere: witness.filter((place) => place.automation !== automation),
    },
  ];
}
