/** Drafts kept in the browser until the server has them. What the browser does not give or take stops nobody's work. */

import type { AutomationDocument } from "@/flow/document";

import type { Kept } from "./Autosaver";

const keptUnder = (id: number): string => `cadenza-draft-${String(id)}`;

/** The draft that an earlier visit could not save, if the server's is still the one it was made from. */
export function keptDraft(id: number, revision: number): AutomationDocument | null {
  const kept = read(id);
  if (kept?.revision === revision) return kept.document;
  window.localStorage.removeItem(keptUnder(id));
  return null;
}

/** Keep a draft, or (null) none any more. */
export function keep(id: number, kept: Kept | null): void {
  if (kept === null) {
    window.localStorage.removeItem(keptUnder(id));
    return;
  }
  try {
    window.localStorage.setItem(keptUnder(id), JSON.stringify(kept));
  } catch {
    // The browser's store is full: the draft is saved by the server alone.
  }
}

function read(id: number): Kept | null {
  try {
    return JSON.parse(window.localStorage.getItem(keptUnder(id)) ?? "null") as Kept | null;
  } catch {
    return null;
  }
}
