/** The drawn elements, made from the document. An element that did not change stays the same object. */

import type { Edge, Node } from "@xyflow/react";

import type { Counts, Problem } from "@/api/editor";
import { isTrigger, type NodeType, type Port, portsOf } from "@/flow/catalog";
import { edgeKey, type Exit, exitKey, type FlowEdge, type FlowNode } from "@/flow/document";
import { leadingTo } from "@/flow/graph";
import { type Drawn, shownAs, stepsOf } from "@/flow/drawn";
import type { DrawnFigures } from "@/flow/groupFigures";
import type { Heat } from "@/flow/heat";
import { NODE_HEIGHT, NODE_WIDTH, type Picture } from "@/flow/layout";

export interface StepData extends Record<string, unknown> {
  readonly step: FlowNode;
  readonly type: NodeType | undefined;
  readonly ports: readonly Port[];
  /** Keys of the ports that lead nowhere, joined by a blank. */
  readonly open: string;
  readonly summary: string;
  readonly errors: number;
  readonly warnings: number;
  /** Whether it was just put there and is still to be set up. */
  readonly pending: boolean;
  readonly waiting: number | undefined;
  readonly passed: number | undefined;
  readonly failed: number | undefined;
  /** Which part of those who came went on nowhere; only when the live look shows losses. */
  readonly lost: number | undefined;
  /** How many left by each port; only in the live look, where open ends show it too. */
  readonly left: readonly (number | undefined)[];
  readonly readOnly: boolean;
  /** Whether the Tab key stops here: at one step of all. */
  readonly tabStop: boolean;
  readonly opened: boolean;
  /** While an edge is being drawn: whether it may lead here. */
  readonly target: boolean | undefined;
  /** The steps that it stands for: itself, or those of a collapsed group. */
  readonly steps: readonly string[];
  /** How many came into the group, for a card of one. */
  readonly entered: number | undefined;
}

export interface EdgeData extends Record<string, unknown> {
  /** The line of the document; of several that are drawn as one, the first. */
  readonly edge: FlowEdge;
  /** The other lines that it stands for: where there are any, nothing can be put into it. */
  readonly others: readonly FlowEdge[];
  /** Which of its step's ports it leaves by, and of how many. */
  readonly port: readonly [index: number, count: number];
  readonly lane: number | undefined;
  readonly count: number | undefined;
  /** Its part of those who left the step, and its width; only when the live look shows flow. */
  readonly share: number | undefined;
  readonly width: number | undefined;
  readonly readOnly: boolean;
}

export type StepElement = Node<StepData, "step" | "card">;
export type EdgeElement = Edge<EdgeData, "step">;

/** Summaries and figures are those of what is drawn, too: see `Drawn`. */
export interface Drawing {
  readonly drawn: Drawn;
  readonly picture: Picture;
  readonly summaries: Readonly<Record<string, string>>;
  readonly problems: readonly Problem[];
  readonly isPending: (problem: Problem) => boolean;
  readonly stats: DrawnFigures | undefined;
  readonly heat: Heat | undefined;
  readonly selected: readonly string[];
  readonly edge: string | null;
  readonly open: string | null;
  readonly readOnly: boolean;
  /** Where the edge that is being drawn begins. */
  readonly connecting: Exit | null;
}

const NONE: readonly undefined[] = [];
const ALONE: readonly FlowEdge[] = [];
const NOBODY: Counts = { waiting: 0, passed: 0, failed: 0 };

export function drawNodes(drawing: Drawing, before: readonly StepElement[]): StepElement[] {
  const { drawn, picture } = drawing;
  const { document } = drawn;
  const selected = new Set(drawing.selected);
  const taken = new Set(document.edges.map(exitKey));
  const faults = countFaults(drawing);
  const known = new Map(before.map((element) => [element.id, element]));
  const tabStop = (drawing.selected[0] && shownAs(drawn, drawing.selected[0])) ?? document.nodes[0]?.id;
  const targets = legalTargets(drawing);
  return document.nodes.map((step) => {
    const [x, y] = picture.positions[step.id] ?? [0, 0];
    const data = {
      ...dataOf(step, drawing, taken),
      ...(faults.get(step.id) ?? RIGHT),
      tabStop: step.id === tabStop,
      target: targets?.has(step.id),
    };
    const element: StepElement = {
      id: step.id,
      type: drawn.cards.has(step.id) ? "card" : "step",
      position: { x, y },
      data,
      selected: data.steps.every((id) => selected.has(id)),
      width: NODE_WIDTH,
      height: NODE_HEIGHT,
    };
    return reuse(known.get(step.id), element);
  });
}

/** Counts of a step; what runs has them even where nobody came yet. */
export function countsAt(figures: DrawnFigures | undefined, id: string, readOnly: boolean): Counts | undefined {
  return figures?.nodes[id] ?? (figures && readOnly ? NOBODY : undefined);
}

function dataOf(step: FlowNode, drawing: Drawing, taken: ReadonlySet<string>) {
  const { drawn, summaries, stats, open, readOnly } = drawing;
  const { document, catalog } = drawn;
  const ports = portsOf(step, document, catalog);
  const counts = countsAt(stats, step.id, readOnly);
  return {
    step,
    type: catalog.get(step.type),
    ports,
    open: ports
      .map((port) => port.key)
      .filter((port) => !taken.has(exitKey({ from: step.id, port })))
      .join(" "),
    summary: summaries[step.id] ?? "",
    waiting: counts?.waiting,
    passed: counts?.passed,
    failed: counts?.failed,
    lost: drawing.heat?.lost.get(step.id),
    left: readOnly && stats ? ports.map((port) => stats.edges[exitKey({ from: step.id, port: port.key })]) : NONE,
    readOnly,
    opened: open === step.id,
    steps: stepsOf(drawn, step.id),
    entered: stats?.entered[step.id],
  };
}

export function drawEdges(drawing: Drawing, before: readonly EdgeElement[]): EdgeElement[] {
  const { drawn, picture, stats, heat, edge: selected, readOnly } = drawing;
  const { document, catalog, behind } = drawn;
  const ids = new Set(document.nodes.map((node) => node.id));
  const ports = new Map(
    document.nodes.map((node) => [node.id, portsOf(node, document, catalog).map((port) => port.key)]),
  );
  const known = new Map(before.map((element) => [element.id, element]));
  return document.edges
    .filter((edge) => ids.has(edge.from) && ids.has(edge.to))
    .map((edge) => {
      const key = edgeKey(edge);
      const [real = edge, ...others] = behind.get(key) ?? [];
      const exits = ports.get(edge.from) ?? [];
      const element: EdgeElement = {
        id: key,
        type: "step",
        source: edge.from,
        sourceHandle: edge.port,
        target: edge.to,
        data: {
          edge: real,
          others: others.length > 0 ? others : ALONE,
          port: [Math.max(0, exits.indexOf(edge.port)), exits.length],
          lane: picture.lanes[key],
          count: stats?.edges[key],
          share: heat?.edges.get(key)?.share,
          width: heat?.edges.get(key)?.width,
          readOnly,
        },
        selected: others.length === 0 && edgeKey(real) === selected,
        reconnectable: !readOnly && others.length === 0,
        // The + on it says the same in words.
        ariaLabel: null as unknown as string,
        domAttributes: { "aria-hidden": true },
      };
      const old = known.get(key);
      return old && old.target === element.target && old.selected === element.selected && sameData(old, element)
        ? old
        : element;
    });
}

/** Steps that the edge being drawn may lead to: none before it, no trigger. */
function legalTargets({ connecting, drawn: { document, catalog, cardOf } }: Drawing): Set<string> | null {
  if (!connecting) return null;
  const before = leadingTo(document, cardOf.get(connecting.from) ?? connecting.from);
  const legal = document.nodes.filter((node) => !before.has(node.id) && !isTrigger(node, catalog));
  return new Set(legal.map((node) => node.id));
}

function reuse(old: StepElement | undefined, element: StepElement): StepElement {
  if (!old) return element;
  const still =
    old.position.x === element.position.x &&
    old.position.y === element.position.y &&
    old.selected === element.selected;
  if (still && sameData(old, element)) return old;
  return { ...old, ...element, data: sameData(old, element) ? old.data : element.data };
}

interface HasData {
  readonly data?: Record<string, unknown> | undefined;
}

function sameData({ data: one = {} }: HasData, { data: other = {} }: HasData): boolean {
  return Object.keys(other).every((key) => one[key] === other[key] || sameList(one[key], other[key]));
}

function sameList(one: unknown, other: unknown): boolean {
  return Array.isArray(one) && Array.isArray(other) && JSON.stringify(one) === JSON.stringify(other);
}

const RIGHT = { errors: 0, warnings: 0, pending: false };

function countFaults({ problems, isPending, drawn }: Drawing): Map<string, typeof RIGHT> {
  const counts = new Map<string, typeof RIGHT>();
  for (const problem of problems) {
    if (problem.node === null) continue;
    const node = shownAs(drawn, problem.node);
    const { errors, warnings, pending } = counts.get(node) ?? RIGHT;
    if (isPending(problem)) counts.set(node, { errors, warnings, pending: true });
    else if (problem.severity === "error") counts.set(node, { errors: errors + 1, warnings, pending });
    else counts.set(node, { errors, warnings: warnings + 1, pending });
  }
  return counts;
}
