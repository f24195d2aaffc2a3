import { type AutomationDocument, FORMAT } from "@/flow/document";

/** An automation without steps. */
export function emptyDocument(name: string): AutomationDocument {
  return {
    format: FORMAT,
    name,
    settings: { re_entry: false, exit_conditions: [], time_zone: "contact" },
    nodes: [],
    edges: [],
    layout: {},
  };
}
