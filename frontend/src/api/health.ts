let asked: Promise<boolean> | null = null;

/**
 * Whether the server can be reached now; who asks meanwhile shares the answer. A browser never asks again for a module
 * that it failed to import, so what is imported later had better be imported when this holds.
 */
export function serverAnswers(): Promise<boolean> {
  asked ??= fetch("/healthz", { cache: "no-store" })
    .then(
      ({ ok }) => ok,
      () => false,
    )
    .finally(() => (asked = null));
  return asked;
}
