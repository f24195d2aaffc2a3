/**
 * What is drawn of a document: each collapsed group as one step, of a type made up for it, whose ways out are the lines
 * that leave the group. Layout, outline and picture take these and need not know of groups.
 */

import { type Catalog, type NodeType, type Port, portsOf } from "./catalog";
import type { AutomationDocument, Exit, FlowEdge, FlowNode, Position, Positions, StepGroup } from "./document";
import { edgeKey, exitKey } from "./document";
import { edgeAt, nodeById } from "./graph";
import { groupsOf } from "./groups";
import { positionsOf } from "./layout";

/** Which groups are shown collapsed (true) or open, whatever the document says, by their ids. */
export type Looks = Readonly<Record<string, boolean>>;

export interface Drawn {
  readonly document: AutomationDocument;
  readonly catalog: Catalog;
  /** Collapsed groups, by the ids of the cards that are drawn for them. */
  readonly cards: ReadonlyMap<string, StepGroup>;
  /** The card that a step is drawn as, for those in collapsed groups. */
  readonly cardOf: ReadonlyMap<string, string>;
  /** The lines of the document that a drawn line stands for, by its key. */
  readonly behind: ReadonlyMap<string, readonly FlowEdge[]>;
}

/** The same object as long as all three are. */
export function drawnOf(document: AutomationDocument, catalog: Catalog, looks: Looks): Drawn {
  const known = kept.get(document);
  if (known?.catalog === catalog && known.looks === looks) return known.drawn;
  const drawn = draw(document, catalog, looks);
  kept.set(document, { catalog, looks, drawn });
  return drawn;
}

const kept = new WeakMap<AutomationDocument, { readonly catalog: Catalog; readonly looks: Looks; readonly drawn: Drawn }>();

export function isCollapsed(group: StepGroup, looks: Looks): boolean {
  return looks[group.id] ?? group.collapsed;
}

/** These steps with all others of the collapsed groups they are in: of what is one card, all is selected or nothing. */
export function wholeOf(document: AutomationDocument, looks: Looks, ids: readonly string[]): readonly string[] {
  const groups = groupsOf(document).filter((group) => isCollapsed(group, looks) && group.nodes.some((id) => ids.includes(id)));
  return groups.length === 0 ? ids : [...new Set([...ids, ...groups.flatMap(({ nodes }) => nodes)])];
}

/** The id that a step is drawn under: its own, or that of its group's card. */
export function shownAs({ cardOf }: Drawn, id: string): string {
  return cardOf.get(id) ?? id;
}

/** The steps that something drawn stands for. */
export function stepsOf({ cards }: Drawn, id: string): readonly string[] {
  return cards.get(id)?.nodes ?? [id];
}

/** The step that a line to something drawn leads to. */
export function wayInto(document: AutomationDocument, { cards }: Drawn, id: string): string {
  const group = cards.get(id);
  if (!group) return id;
  const members = new Set(group.nodes);
  const entered = document.edges.find((edge) => members.has(edge.to) && !members.has(edge.from));
  return entered?.to ?? firstOf(document, group);
}

/** The way out that a drawn one stands for; null when it stands for several. */
export function wayOutOf({ behind, cards }: Drawn, exit: Exit): Exit | null {
  if (!cards.has(exit.from)) return exit;
  const [edge, ...others] = behind.get(exitKey(exit)) ?? [];
  return edge && others.length === 0 ? { from: edge.from, port: edge.port } : null;
}

/**
 * Where the steps shall stand when what is drawn is put at these places. A card stands where its first step does;
 * those of its other steps that were placed by hand go along, the rest follows by itself.
 */
export function placesOf(document: AutomationDocument, catalog: Catalog, drawn: Drawn, places: Positions): Positions {
  const open = drawn.cards.size > 0 ? positionsOf(document, catalog) : {};
  return Object.fromEntries(
    Object.entries(places).flatMap(([id, at]): (readonly [string, Position])[] => {
      const group = drawn.cards.get(id);
      if (!group) return [[id, at]];
      const first = firstOf(document, group);
      const [x, y] = open[first] ?? at;
      const placed = group.nodes.flatMap((node) => {
        const was = document.layout[node];
        return was ? [[node, [was[0] + at[0] - x, was[1] + at[1] - y]] as const] : [];
      });
      return [...placed, [first, at]];
    }),
  );
}

/** The step that a group begins with: nothing else of it leads there. */
export function firstOf({ edges }: AutomationDocument, { nodes }: StepGroup): string {
  const members = new Set(nodes);
  const led = new Set(edges.filter((edge) => members.has(edge.from)).map((edge) => edge.to));
  const entered = new Set(edges.filter((edge) => !members.has(edge.from)).map((edge) => edge.to));
  const sorted = nodes.toSorted((one, other) => one.localeCompare(other, "en", { numeric: true }));
  const roots = sorted.filter((id) => !led.has(id));
  return roots.find((id) => entered.has(id)) ?? roots[0] ?? sorted[0] ?? "";
}

function draw(document: AutomationDocument, catalog: Catalog, looks: Looks): Drawn {
  const [collapsed, open] = parted(groupsOf(document), (group) => isCollapsed(group, looks));
  const behind = new Map<string, readonly FlowEdge[]>();
  if (collapsed.length === 0) {
    for (const edge of document.edges) behind.set(edgeKey(edge), [edge]);
    return { document, catalog, cards: new Map(), cardOf: new Map(), behind };
  }
  // A card is named after the group's first step, too, so that beginnings keep their order.
  const cards = new Map(collapsed.map((group) => [`${firstOf(document, group)}/${group.id}`, group]));
  const cardOf = new Map([...cards].flatMap(([card, { nodes }]) => nodes.map((id) => [id, card] as const)));
  const edges: FlowEdge[] = [];
  const add = (edge: FlowEdge, real: readonly FlowEdge[]): void => {
    edges.push(edge);
    behind.set(edgeKey(edge), real);
  };
  for (const edge of document.edges) {
    if (!cardOf.has(edge.from)) add({ ...edge, to: cardOf.get(edge.to) ?? edge.to }, [edge]);
  }
  const types = [...cards].map(([card, group]) => {
    const ways = Map.groupBy(leaving(document, catalog, group), ({ to }) => cardOf.get(to) ?? to);
    const ports = [...ways].map(([to, real]) => {
      const port = { key: real.map(edgeKey)[0] ?? "", label: wordAt(document, catalog, real) };
      add({ from: card, port: port.key, to }, real);
      return port;
    });
    return [card, typeFor(card, group, ports)] as const;
  });
  return {
    document: { ...document, nodes: nodesWith(document, cards, cardOf), edges, layout: layoutWith(document, cards, cardOf), groups: open },
    catalog: new Map([...catalog, ...types]),
    cards,
    cardOf,
    behind,
  };
}

function parted<T>(all: readonly T[], holds: (each: T) => boolean): [T[], T[]] {
  return [all.filter(holds), all.filter((each) => !holds(each))];
}

/** Each card stands in the list where the group's first step stood. */
function nodesWith(
  document: AutomationDocument,
  cards: ReadonlyMap<string, StepGroup>,
  cardOf: ReadonlyMap<string, string>,
): FlowNode[] {
  const told = new Set<string>();
  return document.nodes.flatMap((node) => {
    const card = cardOf.get(node.id);
    if (card === undefined) return [node];
    if (told.has(card) || !cards.has(card)) return [];
    told.add(card);
    return [{ id: card, type: card, config: {} }];
  });
}

function layoutWith(
  document: AutomationDocument,
  cards: ReadonlyMap<string, StepGroup>,
  cardOf: ReadonlyMap<string, string>,
): Positions {
  const others = Object.entries(document.layout).filter(([id]) => !cardOf.has(id));
  const placed = [...cards].flatMap(([card, group]) => {
    const at = document.layout[firstOf(document, group)];
    return at ? [[card, at] as const] : [];
  });
  return Object.fromEntries([...others, ...placed]);
}

/** The lines that leave a group, in the order in which its steps and their ways out are read. */
function leaving(document: AutomationDocument, catalog: Catalog, group: StepGroup): FlowEdge[] {
  const members = new Set(group.nodes);
  const seen = new Set<string>();
  const found: FlowEdge[] = [];
  for (const start of [firstOf(document, group), ...group.nodes.toSorted()]) {
    const stack = waysFrom(document, catalog, start, seen);
    for (let edge = stack.pop(); edge; edge = stack.pop()) {
      if (members.has(edge.to)) stack.push(...waysFrom(document, catalog, edge.to, seen));
      else found.push(edge);
    }
  }
  return found;
}

/** The lines from a step that was not come to before, the last first. */
function waysFrom(document: AutomationDocument, catalog: Catalog, id: string, seen: Set<string>): FlowEdge[] {
  const node = nodeById(document, id);
  if (!node || seen.has(id)) return [];
  seen.add(id);
  return portsOf(node, document, catalog)
    .flatMap(({ key }) => edgeAt(document, { from: id, port: key }) ?? [])
    .toReversed();
}

/** The word at a way out of a card: that of the way out it stands for, or of its step where that has one way only. */
function wordAt(document: AutomationDocument, catalog: Catalog, [first, ...others]: readonly FlowEdge[]): string {
  const node = nodeById(document, first?.from ?? "");
  if (!first || !node) return "";
  const ports = portsOf(node, document, catalog);
  const port = ports.length > 1 ? ports.find(({ key }) => key === first.port)?.label : catalog.get(node.type)?.label;
  const word = port ?? node.type;
  return others.length > 0 ? `${word} +${String(others.length)}` : word;
}

function typeFor(key: string, group: StepGroup, ports: readonly Port[]): NodeType {
  return {
    key,
    kind: "group",
    label: group.name,
    description: "",
    icon: "",
    search: [],
    ports: ports.map((port) => ({ ...port, opens: "always" })),
    schema: {},
    ui_schema: {},
    example: {},
  };
}
