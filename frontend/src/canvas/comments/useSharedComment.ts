import { useEffect, useRef } from "react";
import { useTranslation } from "react-i18next";
import { useSearchParams } from "react-router";

import { useComments } from "@/api/together";
import { useLook } from "@/canvas/find/useLook";
import { useEditorScope } from "@/canvas/state/EditorContext";
import { select } from "@/canvas/state/store";
import { useTogether } from "@/canvas/together/TogetherContext";
import { toastRefusal } from "@/canvas/toasts";
import { nodeById } from "@/flow/graph";

/** Shows the comment that the address names, once, at its step. */
export function useSharedComment(): void {
  const { t } = useTranslation("together");
  const { automation, editor } = useEditorScope();
  const { showTalk } = useTogether();
  const { data: threads } = useComments(automation);
  const look = useLook();
  const [params, setParams] = useSearchParams();
  const shown = useRef<string | null>(null);
  const wanted = params.get("comment");
  useEffect(() => {
    if (wanted === null || !threads) return;
    // What else is kept in the address may be written at this moment, too, and bring it back.
    setParams(
      (before) => {
        const after = new URLSearchParams(before);
        after.delete("comment");
        return after;
      },
      { replace: true, preventScrollReset: true },
    );
    if (shown.current === wanted) return;
    shown.current = wanted;
    const thread = threads.find(({ remarks }) => remarks.some(({ id }) => String(id) === wanted));
    if (!thread) {
      toastRefusal(t("comments.deleted"));
      return;
    }
    const { id, node, resolved_at } = thread;
    if (node !== null && nodeById(editor.getState().history.present, node)) {
      select(editor, [node]);
      look(node);
    }
    showTalk({ node, thread: id, resolved: resolved_at !== null });
  }, [editor, look, setParams, showTalk, t, threads, wanted]);
}
