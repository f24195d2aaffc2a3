/** Shapes of the light picture, in canvas units: all that looks alike is one path. */

import type { LitStep } from "@/canvas/rehearse/state";
import { exitKey } from "@/flow/document";
import { bendOf, NODE_HEIGHT, NODE_WIDTH, portOffset } from "@/flow/layout";

import { cornersOf, roundPath } from "./edgePath";
import type { EdgeElement, StepElement } from "./flowElements";

/** Where the contact of a test run came: steps, and ways out by `step:port`. */
export interface Lit {
  readonly steps: ReadonlySet<string>;
  readonly ways: ReadonlySet<string>;
}

export type Rehearsed = "on" | "off" | undefined;

interface Shape<Look> {
  readonly look: Look;
  readonly path: string;
}

interface Joined<Look> extends Shape<Look> {
  readonly key: string;
}

interface CardLook {
  readonly kind: string;
  readonly faulty: boolean;
  readonly selected: boolean;
  readonly rehearsed: Rehearsed;
}

interface LineLook {
  /** Where the flow of contacts is shown. */
  readonly width: number | undefined;
  readonly rehearsed: Rehearsed;
}

/** Lines are drawn this much wider than near by, or none would be seen. */
const WIDER = 2;
/** How far the mark of a find stands off its card. */
const OFF = 20;

export function litBy(way: readonly LitStep[] | null): Lit | null {
  if (way === null) return null;
  const ways = way.flatMap(({ node, port }) => (port === null ? [] : [exitKey({ from: node, port })]));
  return { steps: new Set(way.map(({ node }) => node)), ways: new Set(ways) };
}

/** Whether the contact of the lit way came to any of those; undefined while none is shown. */
export function rehearsedOf(reached: ReadonlySet<string> | undefined, those: readonly string[]): Rehearsed {
  if (!reached) return undefined;
  return those.some((each) => reached.has(each)) ? "on" : "off";
}

export function cardsOf(nodes: readonly StepElement[], lit: Lit | null): Joined<CardLook>[] {
  return joined(
    nodes.map(({ data, position, selected }) => {
      const kind = data.type?.kind ?? "unknown";
      const rehearsed = rehearsedOf(lit?.steps, data.steps);
      const look = { kind, faulty: data.errors > 0, selected: (selected ?? false) || data.opened, rehearsed };
      return { look, path: cardPath(position.x, position.y, radiusOf(kind)) };
    }),
  );
}

export function linesOf(nodes: readonly StepElement[], edges: readonly EdgeElement[], lit: Lit | null): Joined<LineLook>[] {
  const places = new Map(nodes.map(({ id, position }) => [id, position]));
  return joined(
    edges.flatMap(({ source, target, data }) => {
      const [from, to] = [places.get(source), places.get(target)];
      if (!from || !to || !data) return [];
      const start = { x: from.x + NODE_WIDTH / 2 + portOffset(...data.port), y: from.y + NODE_HEIGHT };
      const end = { x: to.x + NODE_WIDTH / 2, y: to.y };
      const lower = bendOf(...data.port, (data.lane ?? end.x) - start.x);
      const width = data.width === undefined ? undefined : Math.round(WIDER * data.width);
      const look = { width, rehearsed: rehearsedOf(lit?.ways, [data.edge, ...data.others].map(exitKey)) };
      return [{ look, path: roundPath(cornersOf(start, end, data.lane, lower)) }];
    }),
  );
}

/** Around the cards of all steps that were found, or stand for one. */
export function ringsOf(nodes: readonly StepElement[], found: (step: string) => boolean): string {
  return nodes
    .filter(({ data }) => data.steps.some(found))
    .map(({ position, data }) => cardPath(position.x, position.y, radiusOf(data.type?.kind), OFF))
    .join("");
}

function radiusOf(kind: string | undefined): number {
  return kind === "trigger" ? NODE_HEIGHT / 2 : 16;
}

function cardPath(left: number, top: number, inner: number, off = 0): string {
  const radius = inner + off;
  const [across, down] = [NODE_WIDTH - 2 * inner, NODE_HEIGHT - 2 * inner];
  const turn = (dx: number, dy: number) => `a${[radius, radius, 0, 0, 1, dx * radius, dy * radius].join(" ")}`;
  return [
    `M${String(left + inner)} ${String(top - off)}h${String(across)}`,
    `${turn(1, 1)}v${String(down)}`,
    `${turn(-1, 1)}h${String(-across)}`,
    `${turn(-1, -1)}v${String(-down)}${turn(1, -1)}z`,
  ].join("");
}

function joined<Look>(shapes: readonly Shape<Look>[]): Joined<Look>[] {
  const alike = Map.groupBy(shapes, ({ look }) => JSON.stringify(look));
  return [...alike].flatMap(([key, all]) =>
    all.slice(0, 1).map(({ look }) => ({ key, look, path: all.map(({ path }) => path).join("") })),
  );
}
