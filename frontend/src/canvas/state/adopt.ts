import type { AutomationDocument, FlowNode, Position } from "@/flow/document";
import { nodeById } from "@/flow/graph";
import { rebase } from "@/flow/history";
import { mergeFields, same } from "@/flow/merge";

import { begunBefore } from "./contested";
import { type Draft, type Editor, type EditorState, go } from "./store";

/**
 * Show what others made of the draft: own edits can still be undone, and settings that are open keep what was typed.
 * Where others changed the same setting, the form remembers what it was, so that nothing is overwritten unasked; where
 * they removed the step, what was typed is asked about as `lost`.
 */
export function adopt(editor: Editor, document: AutomationDocument): void {
  const { history, draft } = editor.getState();
  const [node, after] = [history.present, document].map((each) => nodeById(each, draft?.node ?? ""));
  editor.setState({ history: rebase(history, document), ...(draft && node && kept(draft, node, after, history.present.layout[node.id])) });
  // Lets go of what is not there any more.
  go(editor, 0);
}

/** What becomes of settings that are being changed, where `node` was and `after` is: gone if undefined. */
function kept(draft: Draft, node: FlowNode, after: FlowNode | undefined, position: Position | undefined): Partial<EditorState> {
  if (after) {
    const { value: config } = mergeFields(node.config, draft.config, after.config, "mine");
    return { draft: { ...draft, config, began: begunBefore(draft, node.config, after.config) } };
  }
  return same(draft.config, node.config) ? {} : { lost: { node, position, draft: { ...draft, began: {} } } };
}
