import { useQuery } from "@tanstack/react-query";
import { useEffect, useState } from "react";

import { serverAnswers } from "@/api/health";
import { isProblem, Problem } from "@/api/problem";

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
    queryKey: ["code", name],
    queryFn: async () => {
      if (!(await serverAnswers())) throw new Problem(0);
      return load();
    },
    enabled: painted,
    staleTime: Infinity,
    gcTime: Infinity,
    retry: (_failures, error) => isProblem(error, 0),
    retryDelay: (failures) => Math.min(1000 * 2 ** failures, LONGEST_PAUSE_MS),
    networkMode: "always", // what counts is whether the server answers
    structuralSharing: false, // a module is no data
  });
  if (data) return { loaded: data, trouble: null };
  return { loaded: null, trouble: failureReason && (isProblem(failureReason, 0) ? "away" : "broken") };
}
