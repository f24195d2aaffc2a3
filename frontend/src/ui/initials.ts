/** One or two letters that stand for a person: "Maria Ruiz" → "MR", "rep@example.com" → "R". */
export function initials(name: string): string {
  const words = name.split("@")[0]?.split(/[\s._-]+/u).filter(Boolean) ?? [];
  const letters = name.includes("@") ? words.slice(0, 1) : [words[0], words.length > 1 ? words.at(-1) : ""];
  return letters.map((word) => Array.from(word ?? "")[0] ?? "").join("").toUpperCase();
}
