/** A stage in the form: `key` tells it from the others while it has no id yet. */
export interface StageDraft {
  key: string;
  id?: number;
  name: string;
}

let made = 0;

export function newStage(name = ""): StageDraft {
  made += 1;
  return { key: `new-${made}`, name };
}

export function draftsOf(stages: { id?: number; name: string }[]): StageDraft[] {
  return stages.map(({ id, name }) => (id === undefined ? newStage(name) : { key: String(id), id, name }));
}

/** The stages as the server takes them; rows left blank are no stages. */
export function asStages(drafts: StageDraft[]): { id?: number; name: string }[] {
  return drafts
    .filter(({ name }) => name.trim() !== "")
    .map(({ id, name }) => ({ ...(id !== undefined && { id }), name: name.trim() }));
}

/** The list with the stage at `from` moved to `to`; unchanged where that is outside the list. */
export function moved<T>(items: T[], from: number, to: number): T[] {
  const item = items[from];
  if (item === undefined || to < 0 || to >= items.length) return items;
  const rest = items.filter((_, place) => place !== from);
  return [...rest.slice(0, to), item, ...rest.slice(to)];
}
