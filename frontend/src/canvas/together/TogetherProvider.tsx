import { type ReactNode, useMemo, useState } from "react";

import { useComments, usePresence } from "@/api/together";
import { useEditor, useEditorScope } from "@/canvas/state/EditorContext";

import { type Placing, TogetherContext, type TogetherScope } from "./TogetherContext";

/** Tells others that this tab is here, and the screen who else is, and what is said. */
export function TogetherProvider({ children }: { children: ReactNode }) {
  const { automation } = useEditorScope();
  const open = useEditor((state) => (state.readOnly ? null : state.open));
  const { others, holderOf } = usePresence(automation, open);
  const { data: threads } = useComments(automation);
  const [talk, showTalk] = useState<TogetherScope["talk"]>();
  const [placing, place] = useState<Placing | null>(null);
  const scope = useMemo(
    () => ({ others, holderOf, threads: threads ?? [], talk, showTalk, placing, place }),
    [others, holderOf, threads, talk, placing],
  );
  return <TogetherContext value={scope}>{children}</TogetherContext>;
}
