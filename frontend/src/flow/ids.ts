/** Readable ids: the type's key, numbered when taken. */

export function freshId(type: string, taken: ReadonlySet<string>): string {
  const stem = type.replaceAll(/[^a-z0-9_]+/gi, "_") || "step";
  if (!taken.has(stem)) {
    return stem;
  }
  let number = 2;
  while (taken.has(`${stem}_${String(number)}`)) {
    number += 1;
  }
  return `${stem}_${String(number)}`;
}

/** An id for a group: two people who each make one at the same time must not make the same. */
export function freshGroupId(): string {
  const [chance = 0] = crypto.getRandomValues(new Uint32Array(1));
  return `group_${chance.toString(36)}`;
}

/** New ids for copies of `nodes`, in order, clashing neither with `taken` nor with each other. */
export function freshIds(
  nodes: readonly { readonly id: string; readonly type: string }[],
  taken: Iterable<string>,
): Map<string, string> {
  const used = new Set(taken);
  const renamed = new Map<string, string>();
  for (const node of nodes) {
    const id = freshId(node.type, used);
    used.add(id);
    renamed.set(node.id, id);
  }
  return renamed;
}
