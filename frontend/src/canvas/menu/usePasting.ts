import { useQueryClient } from "@tanstack/react-query";
import { useReactFlow } from "@xyflow/react";
import { useCallback } from "react";

import { checkQuery } from "@/api/editor";
import { useEditorScope, useVerbs } from "@/canvas/state/EditorContext";
import { NODE_WIDTH } from "@/flow/layout";
import { useLanguage } from "@/i18n/useLanguage";

/** Faults that say: what the step names does not exist in this workspace. */
const MISSING = /^unknown_(attribute|automation|list|option|pipeline|role|segment|sender|stage|template|topic|user)$/;

/** Puts copied steps into the upper middle of what is seen, and tells what they name that is not here; false: no steps. */
export function usePasting(): (text: string) => boolean {
  const { editor } = useEditorScope();
  const verbs = useVerbs();
  const flow = useReactFlow();
  const client = useQueryClient();
  const lang = useLanguage();
  return useCallback(
    (text) => {
      const box = document.querySelector(".react-flow")?.getBoundingClientRect();
      if (!box) return false;
      const at = flow.screenToFlowPosition({ x: box.left + (box.width - NODE_WIDTH) / 2, y: box.top + box.height / 3 });
      if (!verbs.paste(text, [Math.round(at.x), Math.round(at.y)])) return false;
      const { selected, history } = editor.getState();
      const tell = async () => {
        const { problems } = await client.fetchQuery(checkQuery(history.present, lang));
        const missing = problems.filter(({ node, code }) => node !== null && selected.includes(node) && MISSING.test(code));
        if (missing.length > 0) editor.setState({ missing });
      };
      // While the server is away the steps' own marks tell later.
      tell().catch(() => undefined);
      return true;
    },
    [client, editor, flow, lang, verbs],
  );
}
