/** Two people changed the same draft: what each did is put together, and where both touched the same thing is told. */

import type { AutomationDocument, FlowEdge, FlowNode, Json, Position, StepGroup } from "./document";
import { edgeKey } from "./document";
import { between, FEWEST, groupsOf, withGroups } from "./groups";
import { freshGroupId } from "./ids";

/** Something that both changed, each in another way. */
export type Clash =
  | { readonly kind: "step"; readonly id: string; readonly type: string }
  | { readonly kind: "way"; readonly edge: FlowEdge }
  | { readonly kind: "settings" | "name" };

export type Side = "mine" | "theirs";

export interface Merged {
  readonly document: AutomationDocument;
  readonly clashes: readonly Clash[];
}

/**
 * Put together what became of `base` in two places. Where both changed the same setting of a step, or one removed what
 * the other worked on, `prefer` says whose stays. Places on the canvas and groups never clash: mine stay.
 */
export function merge(
  base: AutomationDocument,
  mine: AutomationDocument,
  theirs: AutomationDocument,
  prefer: Side,
): Merged {
  const clashes: Clash[] = [];
  const nodes = mergeNodes(base, mine, theirs, prefer, clashes);
  const settings = mergeFields(base.settings as Fields, mine.settings as Fields, theirs.settings as Fields, prefer);
  const name = pick(base.name, mine.name, theirs.name, prefer);
  if (settings.clash) clashes.push({ kind: "settings" });
  if (name.clash) clashes.push({ kind: "name" });
  const ids = new Set(nodes.map((node) => node.id));
  const edges = mergeEdges(base, mine, theirs, prefer, clashes).filter((edge) => ids.has(edge.from) && ids.has(edge.to));
  const layout = mergeFields(base.layout, mine.layout, theirs.layout, "mine").value;
  const merged = {
    ...theirs,
    name: name.value ?? theirs.name,
    settings: settings.value,
    nodes,
    edges,
    layout: Object.fromEntries(Object.entries(layout as Record<string, Position>).filter(([id]) => ids.has(id))),
  };
  return { document: withGroups(merged, mergeGroups(merged, base, mine, theirs)), clashes };
}

type Fields = Readonly<Record<string, Json>>;

interface Picked<T> {
  readonly value: T;
  readonly clash: boolean;
}

/** Whose value stays; undefined: there is none. */
function pick<T>(base: T, mine: T, theirs: T, prefer: Side): Picked<T> {
  // Where both are alike mine stays: the same object, which is quick to compare and needs not be drawn again.
  if (same(mine, theirs) || same(base, theirs)) return { value: mine, clash: false };
  if (same(base, mine)) return { value: theirs, clash: false };
  return { value: prefer === "mine" ? mine : theirs, clash: true };
}

/** Put the fields of an object together, each by itself. */
export function mergeFields(base: Fields, mine: Fields, theirs: Fields, prefer: Side): Picked<Fields> {
  const value: Record<string, Json> = {};
  let clash = false;
  for (const key of new Set([...Object.keys(theirs), ...Object.keys(mine)])) {
    const picked = pick<Json | undefined>(base[key], mine[key], theirs[key], prefer);
    clash ||= picked.clash;
    if (picked.value !== undefined) value[key] = picked.value;
  }
  return { value, clash };
}

function mergeNodes(
  base: AutomationDocument,
  mine: AutomationDocument,
  theirs: AutomationDocument,
  prefer: Side,
  clashes: Clash[],
): FlowNode[] {
  const [before, own, other] = [base, mine, theirs].map((document) => new Map(document.nodes.map((node) => [node.id, node])));
  const nodes: FlowNode[] = [];
  for (const id of new Set([...theirs.nodes, ...mine.nodes].map((node) => node.id))) {
    const { value, clash } = mergeNode(before?.get(id), own?.get(id), other?.get(id), prefer);
    if (value) nodes.push(value);
    const { type } = own?.get(id) ?? other?.get(id) ?? {};
    if (type !== undefined && (clash || lost(id, value, mine, base) || lost(id, value, theirs, base))) {
      clashes.push({ kind: "step", id, type });
    }
  }
  return nodes;
}

function mergeNode(
  base: FlowNode | undefined,
  mine: FlowNode | undefined,
  theirs: FlowNode | undefined,
  prefer: Side,
): Picked<FlowNode | undefined> {
  const whole = pick(base, mine, theirs, prefer);
  if (!whole.clash || !mine || !theirs || mine.type !== theirs.type) return whole;
  const config = mergeFields(base?.config ?? {}, mine.config, theirs.config, prefer);
  return { value: { ...theirs, config: config.value }, clash: config.clash };
}

/** Whether one side led a new way from or to a step that the other removed. */
function lost(id: string, kept: FlowNode | undefined, side: AutomationDocument, base: AutomationDocument): boolean {
  if (kept) return false;
  const known = new Set(base.edges.map((edge) => JSON.stringify(edge)));
  return side.edges.some((edge) => (edge.from === id || edge.to === id) && !known.has(JSON.stringify(edge)));
}

function mergeEdges(
  base: AutomationDocument,
  mine: AutomationDocument,
  theirs: AutomationDocument,
  prefer: Side,
  clashes: Clash[],
): FlowEdge[] {
  const [before, own, other] = [base, mine, theirs].map((document) => new Map(document.edges.map((edge) => [edgeKey(edge), edge])));
  const edges: FlowEdge[] = [];
  for (const key of new Set([...(other?.keys() ?? []), ...(own?.keys() ?? [])])) {
    const { value, clash } = pick(before?.get(key), own?.get(key), other?.get(key), prefer);
    if (value) edges.push(value);
    const edge = own?.get(key) ?? other?.get(key);
    if (clash && edge) clashes.push({ kind: "way", edge });
  }
  return edges;
}

/** Groups by their ids: what either side did to the steps of one is put together, of two names mine stays. */
function mergeGroups(
  merged: AutomationDocument,
  base: AutomationDocument,
  mine: AutomationDocument,
  theirs: AutomationDocument,
): StepGroup[] {
  const [before, own, other] = [base, mine, theirs].map((each) => new Map(groupsOf(each).map((group) => [group.id, group])));
  return [...new Set([...(other?.keys() ?? []), ...(own?.keys() ?? [])])].flatMap((id) => {
    const was = before?.get(id);
    const here = own?.get(id) ?? remainderOf(was, mine);
    const there = other?.get(id) ?? remainderOf(was, theirs);
    const kept = pick(was, here, there, "mine").value;
    if (!kept || !here || !there || same(here, there)) return kept ? [kept] : [];
    // Each made one, by chance under the same id.
    if (!was) return [there, { ...here, id: freshGroupId() }];
    const nodes = membersOf(merged, was, here, there);
    const collapsed = pick(was.collapsed, here.collapsed, there.collapsed, "mine").value;
    return [{ id, name: pick(was.name, here.name, there.name, "mine").value, nodes, collapsed }];
  });
}

/** What is left of a group that dissolved only because its steps were removed; undefined: it was taken apart. */
function remainderOf(was: StepGroup | undefined, side: AutomationDocument): StepGroup | undefined {
  const there = new Set(side.nodes.map((node) => node.id));
  const nodes = was?.nodes.filter((id) => there.has(id)) ?? [];
  return was && nodes.length < FEWEST ? { ...was, nodes } : undefined;
}

/** All that either took in and neither took out; where others lie between these now, mine, or else theirs. */
function membersOf(merged: AutomationDocument, was: StepGroup, here: StepGroup, there: StepGroup): readonly string[] {
  const left = new Set(was.nodes.filter((node) => !here.nodes.includes(node) || !there.nodes.includes(node)));
  const all = [...new Set([...there.nodes, ...here.nodes])].filter((node) => !left.has(node));
  const own = [here, there].map(({ nodes }) => nodes.filter((node) => !left.has(node)));
  const sound = [all, ...own].find((nodes) => nodes.length >= FEWEST && between(merged, new Set(nodes)).length === 0);
  return sound ?? all;
}

/** Whether two values mean the same. */
export function same(one: unknown, other: unknown): boolean {
  return one === other || JSON.stringify(one, sorted) === JSON.stringify(other, sorted);
}

/** Objects with their keys in order: in which they were written does not matter. */
function sorted(_key: string, value: unknown): unknown {
  if (typeof value !== "object" || value === null || Array.isArray(value)) return value;
  return Object.fromEntries(Object.entries(value).toSorted(([a], [b]) => (a < b ? -1 : 1)));
}
