import { useEffect, useRef } from "react";
import { useTranslation } from "react-i18next";
import { useSearchParams } from "react-router";

import { useComments } from "@/api/together";
import type { Thread } from "@/api/types";
import { useLook } from "@/canvas/find/useLook";
import { useEditorScope } from "@/canvas/state/EditorContext";
import { select } from "@/canvas/state/store";
import { useTogether } from "@/canvas/together/TogetherContext";
import { toastRefusal } from "@/canvas/toasts";
import { nodeById } from "@/flow/graph";
import { toastProblem } from "@/ui/feedback/toast";

/** Shows the comment that the address names, once, at its step. */
export function useSharedComment(): void {
  const { t } = useTranslation("together");
  const { automation, editor } = useEditorScope();
  const { showTalk } = useTogether();
  const { data: threads, refetch } = useComments(automation);
  const look = useLook();
  const [params, setParams] = useSearchParams();
  const shown = useRef<string | null>(null);
  const wanted = params.get("comment");
  useEffect(() => {
    if (wanted === null) shown.current = null;
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
    const known = threadOf(threads, wanted);
    if (known) open(known);
    else refetch().then(tell, toastProblem); // what is kept from an earlier visit may not know of it yet

    function tell({ data, error }: Awaited<ReturnType<typeof refetch>>): void {
      const thread = threadOf(data ?? [], wanted);
      if (thread) open(thread);
      else if (error) toastProblem(error);
      else toastRefusal(t("comments.deleted"));
    }

    function open({ id, node, resolved_at }: Thread): void {
      if (node !== null && nodeById(editor.getState().history.present, node)) {
        select(editor, [node]);
        look(node);
      }
      showTalk({ node, thread: id, resolved: resolved_at !== null });
    }
  }, [editor, look, refetch, setParams, showTalk, t, threads, wanted]);
}

function threadOf(threads: readonly Thread[], comment: string | null): Thread | undefined {
  return threads.find(({ remarks }) => remarks.some(({ id }) => String(id) === comment));
}
