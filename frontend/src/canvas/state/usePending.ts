import { useCallback } from "react";

import type { Problem } from "@/api/editor";
import { isPending } from "@/flow/problems";

import { useDocument, useEditor } from "./EditorContext";

/** Tells whether a fault only says what comes next: see `isPending`. */
export function usePending(): (problem: Problem) => boolean {
  const document = useDocument();
  const fresh = useEditor((state) => state.fresh);
  return useCallback((problem) => isPending(problem, document, fresh), [document, fresh]);
}
