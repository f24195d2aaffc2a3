import type { AutomationVerb } from "@/api/automations";
import type { AutomationSummary } from "@/api/types";

type Standing = Pick<AutomationSummary, "state" | "inside">;

/** Whether archiving stops something for good: that is asked about before, as it cannot be taken back. */
export const endsRuns = ({ state, inside }: Standing): boolean => state === "active" || inside > 0;

/** The verb that puts everything back as it was before this one, if there is any. */
export function undoOf(verb: AutomationVerb, automation: Standing): AutomationVerb | null {
  return verb === "archive" && !endsRuns(automation) ? "restore" : null;
}
