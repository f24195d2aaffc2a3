/** How many came to a group of steps, stand in it, failed there and went on: each run once, however many steps it took. */

import { type Catalog, portsOf } from "./catalog";
import { type AutomationDocument, exitKey, type StepGroup } from "./document";
import type { Drawn } from "./drawn";
import { edgeAt, nodeById } from "./graph";
import type { Figures } from "./heat";

export interface GroupFigures {
  readonly entered: number;
  readonly waiting: number;
  /** Left by a line that leads out of the group, or by a way that ends within. */
  readonly passed: number;
  readonly failed: number;
}

const NOBODY = { waiting: 0, passed: 0, failed: 0 };

export function figuresOfGroup(
  document: AutomationDocument,
  catalog: Catalog,
  { nodes }: StepGroup,
  figures: Figures,
): GroupFigures {
  const members = new Set(nodes);
  const at = (id: string) => figures.nodes[id] ?? NOBODY;
  const into = document.edges.filter((edge) => members.has(edge.to));
  const begun = nodes.filter((id) => !into.some((edge) => edge.to === id));
  const came = [
    ...into.filter((edge) => !members.has(edge.from)).map((edge) => figures.edges[exitKey(edge)] ?? 0),
    ...begun.map((id) => at(id).waiting + at(id).passed + at(id).failed),
  ];
  const went = nodes.flatMap((id) => {
    const node = nodeById(document, id);
    const ports = node ? portsOf(node, document, catalog) : [];
    if (ports.length === 0) return [at(id).passed];
    const exits = ports.map(({ key }) => ({ from: id, port: key }));
    return exits.filter((exit) => !members.has(edgeAt(document, exit)?.to ?? "")).map((exit) => figures.edges[exitKey(exit)] ?? 0);
  });
  return {
    entered: sum(came),
    waiting: sum(nodes.map((id) => at(id).waiting)),
    passed: sum(went),
    failed: sum(nodes.map((id) => at(id).failed)),
  };
}

/** Figures of what is drawn; `entered` tells how many came into each card's group. */
export interface DrawnFigures extends Figures {
  readonly entered: Readonly<Record<string, number>>;
}

/** By the ids of what is drawn: a card has the figures of its group, a line those of all that it stands for. */
export function drawnFigures(document: AutomationDocument, catalog: Catalog, drawn: Drawn, figures: Figures): DrawnFigures {
  if (drawn.cards.size === 0) return { ...figures, entered: {} };
  const groups = [...drawn.cards].map(([card, group]) => [card, figuresOfGroup(document, catalog, group, figures)] as const);
  const lines = [...drawn.behind].map(([key, edges]) => {
    const counts = edges.flatMap((edge) => figures.edges[exitKey(edge)] ?? []);
    return [key, counts] as const;
  });
  return {
    nodes: { ...figures.nodes, ...Object.fromEntries(groups) },
    edges: {
      ...figures.edges,
      ...Object.fromEntries(lines.filter(([, counts]) => counts.length > 0).map(([key, counts]) => [key, sum(counts)])),
    },
    entered: Object.fromEntries(groups.map(([card, { entered }]) => [card, entered])),
  };
}

function sum(counts: readonly number[]): number {
  return counts.reduce((total, each) => total + each, 0);
}
