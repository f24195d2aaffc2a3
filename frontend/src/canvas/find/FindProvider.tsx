import { type ReactNode, useCallback, useMemo, useState } from "react";

import { FindContext } from "./FindContext";

const NOTHING = { found: new Set<string>(), current: null as string | null };

/** Remembers what was found, so that the steps can light up. */
export function FindProvider({ children }: { children: ReactNode }) {
  const [state, setState] = useState(NOTHING);
  const show = useCallback(
    (found: readonly string[], current: string | null) =>
      setState(found.length === 0 ? NOTHING : { found: new Set(found), current }),
    [],
  );
  return <FindContext value={useMemo(() => ({ ...state, show }), [state, show])}>{children}</FindContext>;
}
