import type { Formats } from "@/ui/format";

/** The name of a number that is shown short. What is seen stands in it too: some press a button by saying what they see. */
export function countName(format: Formats, shown: string, words: string): string {
  return words.includes(shown) ? words : format.named(shown, words);
}
