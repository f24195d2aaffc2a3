import type { AutomationDocument } from "@/flow/document";
import { nodeById } from "@/flow/graph";
import { rebase } from "@/flow/history";
import { mergeFields, same } from "@/flow/merge";

import { begunBefore } from "./contested";
import { type Editor, go } from "./store";

/**
 * Show what others made of the draft: own edits can still be undone, and settings that are open keep what was typed.
 * Where others changed the same setting, the form remembers what it was, so that nothing is overwritten unasked; where
 * they removed the step, what was typed is kept as `lost`.
 */
export function adopt(editor: Editor, document: AutomationDocument): void {
  const { history, draft } = editor.getState();
  const [node, after] = [history.present, document].map((each) => nodeById(each, draft?.node ?? ""));
  editor.setState({ history: rebase(history, document) });
  if (draft && node && after) {
    const { value: config } = mergeFields(node.config, draft.config, after.config, "mine");
    editor.setState({ draft: { ...draft, config, began: begunBefore(draft, node.config, after.config) } });
  } else if (draft && node && !same(draft.config, node.config)) {
    editor.setState({ lost: { type: node.type, config: draft.config, position: history.present.layout[node.id] } });
  }
  // Lets go of what is not there any more.
  go(editor, 0);
}
