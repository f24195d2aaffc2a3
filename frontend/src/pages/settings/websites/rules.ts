import type { PageRule } from "@/api/types";

/** A rule in the form: `key` tells it from the others wherever it stands. */
export interface RuleDraft extends PageRule {
  key: string;
}

export const ways = ["path", "contains", "pattern", "title"] as const satisfies readonly PageRule["by"][];

let made = 0;

export function newRule(rule: PageRule = { by: "path", value: "", category: "" }): RuleDraft {
  made += 1;
  return { ...rule, key: `rule-${made}` };
}

export const draftsOf = (rules: PageRule[]): RuleDraft[] => rules.map(newRule);

export const asRules = (drafts: RuleDraft[]): PageRule[] =>
  drafts.map(({ by, value, category }) => ({ by, value: value.trim(), category: category.trim() }));

/** Whether both of its texts are there: others say nothing yet. */
export const isWritten = ({ value, category }: PageRule) => value.trim() !== "" && category.trim() !== "";
