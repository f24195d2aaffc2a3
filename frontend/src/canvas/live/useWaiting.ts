import { useEffect } from "react";

import type { Stats } from "@/api/editor";
import { useEditorScope } from "@/canvas/state/EditorContext";

/** Lets the editor know how many contacts stand at each step, so that deleting one can tell. */
export function useWaiting(stats: Stats | undefined): void {
  const { editor } = useEditorScope();
  useEffect(() => {
    const counts = Object.entries(stats?.nodes ?? {}).map(([id, { waiting }]) => [id, waiting] as const);
    editor.setState({ waiting: Object.fromEntries(counts) });
  }, [editor, stats]);
}
