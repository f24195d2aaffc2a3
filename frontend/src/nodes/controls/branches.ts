/** Pure logic of a list of branches. */

import type { JsonObject } from "@/flow/document";

const LETTERS = "abcdefghijklmnopqrstuvwxyz";

/** A branch called by the first free letter; `taken` are ids and names in lower case. */
export function freshBranch(taken: ReadonlySet<string>): { id: string; name: string } {
  for (let round = 1; ; round += 1) {
    for (const letter of LETTERS) {
      const id = round === 1 ? letter : `${letter}${String(round)}`;
      if (!taken.has(id)) return { id, name: id.toUpperCase() };
    }
  }
}

export function moved<T>(list: readonly T[], from: number, to: number): T[] {
  const rest = list.filter((_, index) => index !== from);
  const item = list.slice(from, from + 1);
  return [...rest.slice(0, to), ...item, ...rest.slice(to)];
}

/** Whole shares of `total` that differ by one at most, larger ones first. */
export function evenly(total: number, count: number): number[] {
  const least = Math.floor(total / count);
  return Array.from({ length: count }, (_, index) => least + (index < total - least * count ? 1 : 0));
}

/** The branches with `part` shared evenly. */
export function sharedEvenly(branches: readonly JsonObject[], part: string, total: number): JsonObject[] {
  const shares = evenly(total, branches.length);
  return branches.map((branch, index) => ({ ...branch, [part]: shares[index] ?? 0 }));
}

/** What the shares make together. */
export function sumOf(branches: readonly JsonObject[], part: string): number {
  return branches.reduce((sum, branch) => sum + shareOf(branch, part), 0);
}

/** After a branch came or went: evenly shared as before, else the new one (`fresh`) gets what is left. */
export function reshared(
  before: readonly JsonObject[],
  after: readonly JsonObject[],
  part: string,
  total: number,
  fresh?: string,
): JsonObject[] {
  const shares = before.map((branch) => shareOf(branch, part)).toSorted((one, other) => other - one);
  if (JSON.stringify(shares) === JSON.stringify(evenly(total, before.length))) return sharedEvenly(after, part, total);
  const left = Math.max(0, total - sumOf(before, part));
  return after.map((branch) => (branch["id"] === fresh ? { ...branch, [part]: left } : branch));
}

/** One share changed; of two branches, the other follows. */
export function withShare(
  branches: readonly JsonObject[],
  part: string,
  total: number,
  index: number,
  share: number | undefined,
): JsonObject[] {
  return branches.map((branch, at) => {
    if (at === index) return share === undefined ? withoutPart(branch, part) : { ...branch, [part]: share };
    const follows = branches.length === 2 && share !== undefined && share <= total;
    return follows ? { ...branch, [part]: total - share } : branch;
  });
}

/** A branch with a part set, or cleared. */
export function withoutPart(branch: JsonObject, part: string): JsonObject {
  return Object.fromEntries(Object.entries(branch).filter(([name]) => name !== part));
}

function shareOf(branch: JsonObject, part: string): number {
  const share = branch[part];
  return typeof share === "number" ? share : 0;
}
