import { createContext, useContext } from "react";

import type { Together } from "@/api/together";
import type { Thread, Visitor } from "@/api/types";

/** Where a note shall lie: a new one, or one that is moved. */
export type Placing = "new" | Thread;

export interface TogetherScope extends Together {
  readonly threads: readonly Thread[];
  /** Whose comments are shown: of one step, of all (null), or none because the panel is closed. */
  readonly talk: { readonly node: string | null } | undefined;
  readonly showTalk: (talk: { node: string | null } | undefined) => void;
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
