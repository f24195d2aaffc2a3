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
