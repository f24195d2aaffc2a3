/**
 * Drafts kept in the browser, for each person apart, until the server has them. What the browser does not give or take
 * stops nobody's work.
 */

import type { Kept } from "./Autosaver";

const keptUnder = (user: number, automation: number): string => `cadenza-draft-${String(user)}-${String(automation)}`;

/** The draft that an earlier visit could not save, with what it was made from; the server's may be newer by now. */
export function keptDraft(user: number, automation: number): Kept | null {
  try {
    const kept = JSON.parse(window.localStorage.getItem(keptUnder(user, automation)) ?? "null") as Partial<Kept> | null;
    return kept?.base && kept.document ? { base: kept.base, document: kept.document } : null;
  } catch {
    return null;
  }
}

/** Keep a draft, or (null) none any more. */
export function keep(user: number, automation: number, kept: Kept | null): void {
  if (kept === null) {
    window.localStorage.removeItem(keptUnder(user, automation));
    return;
  }
  try {
    window.localStorage.setItem(keptUnder(user, automation), JSON.stringify(kept));
  } catch {
    // The browser's store is full: the draft is saved by the server alone.
  }
}

