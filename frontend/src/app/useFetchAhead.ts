import { useEffect } from "react";

import { fetchEditor } from "./beginEditor";

const leadsToEditor = /^\/automations\/\d+/u;

/** Fetches the editor's code, the largest there is, as soon as somebody is about to follow a link to it. */
export function useFetchAhead(): void {
  useEffect(() => {
    const done = new AbortController();
    const look = ({ target }: Event): void => {
      const link = target instanceof Element && target.closest("a");
      // What could not be imported never can be: without a network nothing is tried ahead.
      if (!link || !leadsToEditor.test(link.pathname) || !navigator.onLine) return;
      void fetchEditor().then(
        () => done.abort(),
        () => undefined,
      );
    };
    for (const kind of ["pointerover", "focusin"]) document.addEventListener(kind, look, { signal: done.signal });
    return () => done.abort();
  }, []);
}
