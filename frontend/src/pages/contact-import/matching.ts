import type { AttributeKind, ImportColumn } from "@/api/types";

export const identifiers = ["email", "phone", "ext_id"] as const;
export const fields = [...identifiers, "time_zone"] as const;
const newKinds: readonly AttributeKind[] = ["text", "number", "date", "boolean"];

/** By column index, where its values go: a field, "attribute:NAME", "new:NAME:kind" or "skip". */
export type Matching = Record<number, string>;

export type MatchingFault = "noIdentifier" | "twice";

/** What the server guessed; a column that it did not recognise is skipped until the user says otherwise. */
export function firstMatching(columns: ImportColumn[]): Matching {
  return Object.fromEntries(columns.map(({ index, guess }) => [index, targetOf(guess)]));
}

function targetOf(guess: ImportColumn["guess"]): string {
  if (guess?.field) return guess.field;
  return guess?.attribute ? `attribute:${guess.attribute}` : "skip";
}

/** What can be made of a column that is no attribute yet; the type that its values look like stands first. */
export function newTargets({ name, kind }: ImportColumn["suggestion"]): { target: string; kind: AttributeKind }[] {
  const kinds = [kind, ...newKinds.filter((other) => other !== kind)];
  return kinds.map((each) => ({ target: `new:${name}:${each}`, kind: each }));
}

/** Targets that more than one column goes to. */
export function usedTwice(matching: Matching): Set<string> {
  const named = Object.values(matching)
    .filter((target) => target !== "skip")
    .map((target) => target.split(":").slice(0, 2).join(":"));
  return new Set(named.filter((target, place) => named.indexOf(target) !== place));
}

/** Why the import cannot start yet. */
export function faultsOf(matching: Matching): MatchingFault[] {
  const targets = new Set(Object.values(matching));
  const known = identifiers.some((name) => targets.has(name));
  return [...(known ? [] : ["noIdentifier" as const]), ...(usedTwice(matching).size > 0 ? ["twice" as const] : [])];
}

/** The matching as the server takes it. */
export function toMapping(matching: Matching): { column: number; target: string }[] {
  return Object.entries(matching).map(([column, target]) => ({ column: Number(column), target }));
}
