/** What a command gives back. Commands are pure: document in, document out. */

import type { AutomationDocument } from "@/flow/document";

export type EditName =
  | "add"
  | "insert"
  | "connect"
  | "reroute"
  | "disconnect"
  | "remove"
  | "move"
  | "configure"
  | "rename"
  | "settings"
  | "duplicate"
  | "paste"
  | "cut"
  | "swap"
  | "tidy"
  | "template"
  | "restore"
  | "group"
  | "ungroup"
  | "rename_group"
  | "collapse"
  | "expand";

/** `types` are the types of the steps concerned, for the words of the undo list; `touched` what to select next. */
export interface Edit {
  readonly name: EditName;
  readonly document: AutomationDocument;
  readonly types: readonly string[];
  readonly touched: readonly string[];
}

export function typesOf(document: AutomationDocument, ids: ReadonlySet<string>): string[] {
  return document.nodes.filter((node) => ids.has(node.id)).map((node) => node.type);
}
