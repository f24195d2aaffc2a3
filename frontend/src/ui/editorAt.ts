/** The editor of an automation, at a step if one is meant. */
export const editorAt = (automation: number, node: string | null) =>
  `/automations/${automation}${node ? `?step=${encodeURIComponent(node)}` : ""}`;

/** The editor's texts. Waited for together, or its parts would begin to be drawn, wait, and begin anew. */
export const editorTexts = ["editor", "entries", "reading", "rehearsals", "standstill", "together", "versions"] as const;
