import { useEffect } from "react";
import { useSearchParams } from "react-router";

import { useEditorScope } from "@/canvas/state/EditorContext";
import { select } from "@/canvas/state/store";
import { useTogether } from "@/canvas/together/TogetherContext";
import { nodeById } from "@/flow/graph";

/** Shows the comment that the address names, once, at its step. */
export function useSharedComment(): void {
  const { editor } = useEditorScope();
  const { threads, showTalk } = useTogether();
  const [params, setParams] = useSearchParams();
  const wanted = params.get("comment");
  useEffect(() => {
    const thread = threads.find(({ remarks }) => remarks.some(({ id }) => String(id) === wanted));
    if (!thread) return;
    const { node } = thread;
    if (node !== null && nodeById(editor.getState().history.present, node)) select(editor, [node], node);
    showTalk({ node });
    setParams(
      (before) => {
        const after = new URLSearchParams(before);
        after.delete("comment");
        return after;
      },
      { replace: true, preventScrollReset: true },
    );
  }, [editor, setParams, showTalk, threads, wanted]);
}
