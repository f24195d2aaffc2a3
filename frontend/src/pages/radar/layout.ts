import type { Graph } from "./graph";

export const SPOT_WIDTH = 210;
export const SPOT_HEIGHT = 48;
const columnGap = 130;
const rowGap = 22;
const sweeps = 4;

type Ways = Map<string, string[]>;

/** Where each spot stands: in columns from left to right, as one thing leads to another; the same map, the same picture. */
export function placesOf({ spots, ties }: Graph): Map<string, { x: number; y: number }> {
  const ids = spots.map(({ id }) => id);
  const next: Ways = new Map(ids.map((id) => [id, []]));
  for (const { from, to } of ties) if (from !== to) next.get(from)?.push(to);
  const forward = withoutCircles(ids, next);
  const back = reversed(ids, forward);
  const columns = inOrder(columnsOf(ids, forward, back), forward, back);
  const tallest = Math.max(0, ...columns.map((column) => column.length));
  const row = SPOT_HEIGHT + rowGap;
  return new Map(
    columns.flatMap((column, index) =>
      column.map((id, place) => [
        id,
        { x: index * (SPOT_WIDTH + columnGap), y: (place + (tallest - column.length) / 2) * row },
      ]),
    ),
  );
}

/** The ways without those that lead back to where the walk is already. */
function withoutCircles(ids: string[], next: Ways): Ways {
  const kept: Ways = new Map(ids.map((id) => [id, []]));
  const state = new Map<string, "open" | "done">();
  const visit = (id: string) => {
    state.set(id, "open");
    for (const target of next.get(id) ?? []) {
      if (state.get(target) === "open") continue;
      kept.get(id)?.push(target);
      if (!state.has(target)) visit(target);
    }
    state.set(id, "done");
  };
  for (const id of ids) if (!state.has(id)) visit(id);
  return kept;
}

function reversed(ids: string[], ways: Ways): Ways {
  const back: Ways = new Map(ids.map((id) => [id, []]));
  for (const [from, targets] of ways) for (const to of targets) back.get(to)?.push(from);
  return back;
}

/** Each spot right of all that leads to it, and what nothing leads to right before what it leads to. */
function columnsOf(ids: string[], next: Ways, back: Ways): string[][] {
  const ranks = new Map<string, number>();
  const rank = (id: string): number => {
    const known = ranks.get(id);
    if (known !== undefined) return known;
    const found = Math.max(-1, ...(back.get(id) ?? []).map(rank)) + 1;
    ranks.set(id, found);
    return found;
  };
  for (const id of ids) rank(id);
  for (const id of ids) {
    const followers = next.get(id) ?? [];
    if (back.get(id)?.length === 0 && followers.length > 0) ranks.set(id, Math.min(...followers.map(rank)) - 1);
  }
  const columns: string[][] = [];
  for (const id of ids) (columns[rank(id)] ??= []).push(id);
  return Array.from(columns, (column) => column ?? []);
}

/** Each column sorted by where its neighbours stand, there and back, so that few ways cross. */
function inOrder(columns: string[][], next: Ways, back: Ways): string[][] {
  let sorted = columns;
  for (let sweep = 0; sweep < sweeps; sweep += 1) {
    const toRight = sweep % 2 === 0;
    const place = new Map(sorted.flatMap((column) => column.map((id, index) => [id, index - column.length / 2])));
    const indices = sorted.map((_, index) => (toRight ? index : sorted.length - 1 - index));
    const turned = [...sorted];
    for (const index of indices) {
      const column = turned[index] ?? [];
      const weight = (id: string) => {
        const beside = ((toRight ? back : next).get(id) ?? []).map((other) => place.get(other) ?? 0);
        return beside.length ? beside.reduce((sum, at) => sum + at, 0) / beside.length : (place.get(id) ?? 0);
      };
      const weighed = column.map((id, at) => ({ id, at, weight: weight(id) }));
      turned[index] = weighed.toSorted((a, b) => a.weight - b.weight || a.at - b.at).map(({ id }) => id);
      turned[index].forEach((id, at, all) => place.set(id, at - all.length / 2));
    }
    sorted = turned;
  }
  return sorted;
}
