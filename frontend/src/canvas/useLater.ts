import { useQuery } from "@tanstack/react-query";
import { useEffect, useState } from "react";

import { codeQuery } from "@/api/code";
import { isProblem } from "@/api/problem";

const LONGEST_PAUSE_MS = 10_000;

/** `away`: it comes as soon as the server can be reached; `broken`: not before the page is loaded anew. */
export type Trouble = "away" | "broken";

interface Later<Loaded> {
  /** What was fetched; null until then. */
  readonly loaded: Loaded | null;
  readonly trouble: Trouble | null;
}

/** What `load` imports once the screen has been painted, and the server can be reached. */
export function useLater<Loaded extends object>(name: string, load: () => Promise<Loaded>): Later<Loaded> {
  const [painted, setPainted] = useState(false);
  useEffect(() => {
    let timer = 0;
    let frame = requestAnimationFrame(() => {
      frame = requestAnimationFrame(() => {
        timer = window.setTimeout(() => setPainted(true)); // not in the frame that is about to be painted
      });
    });
    return () => {
      cancelAnimationFrame(frame);
      window.clearTimeout(timer);
    };
  }, []);
  const { data, failureReason } = useQuery({
    ...codeQuery(name, load),
    enabled: painted,
    retry: (_failures, error) => isProblem(error, 0),
    retryDelay: (failures) => Math.min(1000 * 2 ** failures, LONGEST_PAUSE_MS),
  });
  if (data) return { loaded: data, trouble: null };
  return { loaded: null, trouble: failureReason && (isProblem(failureReason, 0) ? "away" : "broken") };
}
