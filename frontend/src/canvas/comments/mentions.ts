/** Mentions in a text that is being written: `@Maria Ruiz`. */

export interface Person {
  readonly id: number;
  readonly name: string;
}

/** What is typed after the last @ before the caret, if somebody is being mentioned; a name may hold one blank. */
export function beingMentioned(text: string, caret: number): string | null {
  return /(?:^|\s)@(\S* ?\S*)$/u.exec(text.slice(0, caret))?.[1] ?? null;
}

/** People whose name begins, or has a word that begins, with what was typed. */
export function fitting<P extends Person>(people: readonly P[], typed: string, most = 6): P[] {
  const wanted = typed.toLocaleLowerCase();
  const fits = ({ name }: P) => ` ${name.toLocaleLowerCase()}`.includes(` ${wanted}`);
  return people.filter(fits).slice(0, most);
}

/** The text with the mention that is being typed written out, and where the caret stands then. */
export function withMention(text: string, caret: number, { name }: Person): { text: string; caret: number } {
  const start = caret - (beingMentioned(text, caret)?.length ?? 0);
  const before = `${text.slice(0, start)}${name} `;
  return { text: before + text.slice(caret), caret: before.length };
}

/** The ids of those whom the text mentions. */
export function mentionedIn(text: string, people: readonly Person[]): number[] {
  return people.filter(({ name }) => text.includes(`@${name}`)).map(({ id }) => id);
}
