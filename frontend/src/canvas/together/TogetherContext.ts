import { createContext, useContext } from "react";

import type { Together } from "@/api/together";
import type { Thread, Visitor } from "@/api/types";

/** Where a note shall lie: a new one, or one that is moved. */
export type Placing = "new" | Thread;

/** The comments of one step, or of all (null): beginning at a thread, with those that are resolved. */
export interface Talk {
  readonly node: string | null;
  readonly thread?: number;
  readonly resolved?: boolean;
}

export interface TogetherScope extends Together {
  readonly threads: readonly Thread[];
  /** Whose comments are shown; undefined: the panel is closed. */
  readonly talk: Talk | undefined;
  readonly showTalk: (talk: Talk | undefined) => void;
  readonly placing: Placing | null;
  readonly place: (what: Placing | null) => void;
}

const Scope = createContext<TogetherScope | null>(null);
export const TogetherContext = Scope.Provider;

/** Who else is here, and what is said. */
export function useTogether(): TogetherScope {
  const scope = useContext(Scope);
  if (!scope) throw new Error("used outside of the editor");
  return scope;
}

/** Who works on one of these steps now, and the threads about them that are not resolved. */
export function useGoings(steps: readonly string[]): { visitors: readonly Visitor[]; threads: readonly Thread[] } {
  const { others, threads } = useTogether();
  return {
    visitors: others.filter(({ node }) => node !== null && steps.includes(node)),
    threads: threads.filter(({ node, resolved_at }) => node !== null && steps.includes(node) && resolved_at === null),
  };
}
