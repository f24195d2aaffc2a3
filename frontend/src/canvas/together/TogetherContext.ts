import { createContext, useContext } from "react";

import type { Together } from "@/api/together";
import type { Thread } from "@/api/types";

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

/** The threads about a step that are not resolved. */
export function useOpenThreads(node: string): readonly Thread[] {
  return useTogether().threads.filter((thread) => thread.node === node && thread.resolved_at === null);
}
