/** The editor of an automation, at a step if one is meant. */
export const editorAt = (automation: number, node: string | null) =>
  `/automations/${automation}${node ? `?step=${encodeURIComponent(node)}` : ""}`;

/** The editor with the way of one contact lit, in the version that it took. */
export const editorWithWay = (automation: number, { version, contact, run }: { version: number; contact: number; run: number }) =>
  `/automations/${automation}?view=live&version=${version}&contact=${contact}&run=${run}`;

/** The editor's texts. Waited for together, or its parts would begin to be drawn, wait, and begin anew. */
export const editorTexts = ["editor", "entries", "reading", "rehearsals", "standstill", "together", "versions"] as const;
