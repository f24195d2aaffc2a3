/** Code that comes when it is first needed. */

import { queryOptions } from "@tanstack/react-query";

import { serverAnswers } from "./health";
import { Problem } from "./problem";

/** Imports once the server answers; fails with Problem 0 while it does not, so that one may try again. */
export async function importReached<Code>(load: () => Promise<Code>): Promise<Code> {
  if (!(await serverAnswers())) throw new Problem(0);
  return load();
}

/** What `load` imports, kept for good; with any other failure than Problem 0 it is lost until the page is loaded anew. */
export const codeQuery = <Code extends object>(name: string, load: () => Promise<Code>) =>
  queryOptions({
    queryKey: ["code", name],
    queryFn: () => importReached(load),
    staleTime: Infinity,
    gcTime: Infinity,
    retry: false,
    refetchOnWindowFocus: false,
    networkMode: "always", // what counts is whether the server answers
    structuralSharing: false, // a module is no data
  });
