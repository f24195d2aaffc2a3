import { useMemo } from "react";

import { contestedOf, decided } from "@/canvas/state/contested";
import { useEditor, useEditorScope } from "@/canvas/state/EditorContext";
import type { FlowNode } from "@/flow/document";
import type { Side } from "@/flow/merge";
import type { Contested } from "@/nodes/form/contested";

/** The settings of the open form that others changed, too, by name. */
export function useContested(node: FlowNode): Readonly<Record<string, Contested>> {
  const { editor } = useEditorScope();
  const draft = useEditor((state) => state.draft);
  return useMemo(() => {
    const decide = (name: string) => (prefer: Side) => {
      const { draft: now } = editor.getState();
      if (now) editor.setState({ draft: decided(now, node, [name], prefer) });
    };
    return Object.fromEntries(
      contestedOf(draft, node).map((name) => [name, { theirs: node.config[name], decide: decide(name) }]),
    );
  }, [draft, editor, node]);
}
