const TIME_LIMIT_MS = 5_000;
/** With it a proxy says that nobody answers behind it. A server that keeps its health to itself answers all the same. */
const BAD_GATEWAY = 502;

let asked: Promise<boolean> | null = null;

/**
 * Whether the server can be reached now; who asks meanwhile shares the answer. A browser never asks again for a module
 * that it failed to import, so what is imported later had better be imported when this holds.
 */
export function serverAnswers(): Promise<boolean> {
  asked ??= fetch("/healthz", { cache: "no-store", signal: AbortSignal.timeout(TIME_LIMIT_MS) })
    .then(
      ({ status }) => status < BAD_GATEWAY,
      () => false,
    )
    .finally(() => (asked = null));
  return asked;
}
