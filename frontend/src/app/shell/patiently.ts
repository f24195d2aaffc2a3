const FIRST_PAUSE_MS = 1_000;
const LONGEST_PAUSE_MS = 60_000;

/** Fetches a part of the screen that the rest can do without, and again after a while when the line is down. */
export async function patiently<T>(fetchPart: () => Promise<T>, pause = FIRST_PAUSE_MS): Promise<T> {
  try {
    return await fetchPart();
  } catch {
    await new Promise((rested) => setTimeout(rested, pause));
    return patiently(fetchPart, Math.min(2 * pause, LONGEST_PAUSE_MS));
  }
}
