import { serverAnswers } from "@/api/health";

const FIRST_PAUSE_MS = 1_000;
const LONGEST_PAUSE_MS = 60_000;

/** Imports a part of the screen that the rest can do without, once the server can be reached; if it breaks off, never. */
export async function patiently<T>(importPart: () => Promise<T>, pause = FIRST_PAUSE_MS): Promise<T> {
  if (await serverAnswers()) return importPart().catch(() => new Promise<never>(() => undefined));
  await new Promise((rested) => setTimeout(rested, pause));
  return patiently(importPart, Math.min(2 * pause, LONGEST_PAUSE_MS));
}
