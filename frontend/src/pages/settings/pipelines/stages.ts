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
