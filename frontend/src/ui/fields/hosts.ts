/** The host of an address that was pasted, a port included; what is none stays as it was written, to be judged. */
export function hostOf(written: string): string {
  const text = written.trim();
  const address = /^https?:\/\//iu.test(text) ? text : `https://${text}`;
  if (/[\s@]/u.test(text) || !URL.canParse(address)) return text;
  return new URL(address).host.replace(/\.$/u, "");
}
