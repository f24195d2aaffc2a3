import type { AutomationDocument } from "@/flow/document";
import { nodeById } from "@/flow/graph";
import { rebase } from "@/flow/history";
import { mergeFields } from "@/flow/merge";

import { begunBefore } from "./contested";
import { type Editor, go } from "./store";

/**
 * Show what others made of the draft: own edits can still be undone, and settings that are open keep what was typed.
 * Where others changed the same setting, the form remembers what it was, so that nothing is overwritten unasked.
 */
export function adopt(editor: Editor, document: AutomationDocument): void {
  const { history, draft } = editor.getState();
  const [before, after] = [history.present, document].map((each) => nodeById(each, draft?.node ?? "")?.config);
  editor.setState({
    history: rebase(history, document),
    ...(draft &&
      before &&
      after && {
        draft: {
          ...draft,
          config: mergeFields(before, draft.config, after, "mine").value,
          began: begunBefore(draft, before, after),
        },
      }),
  });
  // Lets go of what is not there any more.
  go(editor, 0);
}
