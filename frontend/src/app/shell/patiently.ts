import i18next from "i18next";

import { serverAnswers } from "@/api/health";
import { toastBroken } from "@/ui/feedback/toast";

const FIRST_PAUSE_MS = 1_000;
const LONGEST_PAUSE_MS = 60_000;

/**
 * Imports a part of the screen that the rest can do without, once the server can be reached; if it breaks off, never,
 * which is told.
 */
export async function patiently<T>(importPart: () => Promise<T>, pause = FIRST_PAUSE_MS): Promise<T> {
  if (await serverAnswers()) return importPart().catch(brokenOff);
  await new Promise((rested) => setTimeout(rested, pause));
  return patiently(importPart, Math.min(2 * pause, LONGEST_PAUSE_MS));
}

function brokenOff(): Promise<never> {
  toastBroken(i18next.t("crash.broken"), "shell-broken");
  return new Promise(() => undefined);
}
