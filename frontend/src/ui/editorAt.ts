/** The editor of an automation, at a step if one is meant. */
export const editorAt = (automation: number, node: string | null) =>
  `/automations/${automation}${node ? `?step=${encodeURIComponent(node)}` : ""}`;
