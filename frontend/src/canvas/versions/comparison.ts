/** Which versions are looked at: kept in the address, so that a link shows the same. */

import { useSearchParams } from "react-router";

/** A version by its number, or the draft. */
export type VersionName = number | "draft";

/** The version that is looked at, and what it is compared with (null: nothing). */
export interface Comparison {
  readonly shown: VersionName;
  readonly with: VersionName | null;
}

const PARAMETER = "versions";

/** Reads `2..draft` (version 2 beside the draft) or `3` (version 3 alone); null for anything else. */
export function readComparison(written: string | null): Comparison | null {
  const [first, second, ...rest] = (written ?? "").split("..").map(readName);
  if (first === undefined || first === null || second === null || rest.length > 0) return null;
  return second === undefined ? { shown: first, with: null } : { shown: second, with: first };
}

export function writeComparison({ shown, with: other }: Comparison): string {
  return other === null ? String(shown) : `${String(other)}..${String(shown)}`;
}

function readName(written: string): VersionName | null {
  if (written === "draft") return "draft";
  return /^[1-9]\d{0,8}$/u.test(written) ? Number(written) : null;
}

export function useComparison() {
  const [params, setParams] = useSearchParams();
  const show = (comparison: Comparison | null) =>
    setParams((before) => {
      const next = new URLSearchParams(before);
      if (comparison) next.set(PARAMETER, writeComparison(comparison));
      else next.delete(PARAMETER);
      return next;
    });
  return { comparison: readComparison(params.get(PARAMETER)), show };
}

/** What to look at first: the draft beside what is live, or the latest version beside the one before. */
export function firstLook(live: number, changed: boolean): Comparison {
  if (changed) return { shown: "draft", with: live };
  return { shown: live, with: live > 1 ? live - 1 : null };
}
