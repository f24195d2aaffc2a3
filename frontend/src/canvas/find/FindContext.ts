import { createContext, useContext } from "react";

/** What the search on the canvas has found: all steps, and the one that is looked at. */
export interface FindScope {
  readonly found: ReadonlySet<string>;
  readonly current: string | null;
  readonly show: (found: readonly string[], current: string | null) => void;
}

const Scope = createContext<FindScope | null>(null);
export const FindContext = Scope.Provider;

export function useFind(): FindScope {
  const scope = useContext(Scope);
  if (!scope) throw new Error("used outside of the editor");
  return scope;
}
