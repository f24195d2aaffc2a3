/** What a step's sentence says beyond the name that stands above it: “Wait” and “2 days”, not “Wait” twice. */
export function beyond(sentence: string, label: string): string {
  if (label === "" || !sentence.startsWith(label)) return sentence;
  const rest = sentence.slice(label.length);
  // The name may be only the beginning of another word.
  if (/^[\p{L}\p{N}]/u.test(rest)) return sentence;
  const [, only] = /^\s*\(([^()]*)\)$/u.exec(rest) ?? [];
  const words = (only ?? rest).replace(/^[\s,:.]+/u, "");
  return words.slice(0, 1).toLocaleUpperCase() + words.slice(1);
}
