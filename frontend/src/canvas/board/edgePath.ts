/** The line of an edge: straight down, across, and down again, with round corners. */

import type { Position } from "@/flow/document";
import { bendOf, NODE_HEIGHT, NODE_WIDTH, portOffset } from "@/flow/layout";

export interface Point {
  readonly x: number;
  readonly y: number;
}

/** How far an edge runs straight down before it may turn: room for the word at the port and the + below it. */
export const STEM = 66;
const LANDING = 22;
const RADIUS = 10;

/** The line between two cards, by their top left corners, from the port of that index among so many. */
export function pathBetween(from: Position, to: Position, [index, count]: readonly [number, number], lane?: number): string {
  const start = { x: from[0] + NODE_WIDTH / 2 + portOffset(index, count), y: from[1] + NODE_HEIGHT };
  const end = { x: to[0] + NODE_WIDTH / 2, y: to[1] };
  return roundPath(cornersOf(start, end, lane, bendOf(index, count, (lane ?? end.x) - start.x)));
}

/** Corners of the way from `source` down to `target`, along the lane at x = `lane`; it turns `lower` than others do. */
export function cornersOf(source: Point, target: Point, lane?: number, lower = 0): Point[] {
  const landing = target.y - LANDING;
  // Handles are measured to the pixel of the screen: steps in rows as close as they get still lie below each other.
  if (landing < source.y + LANDING) {
    return detour(source, target);
  }
  const bend = Math.min(source.y + STEM + lower, landing);
  const ways =
    lane === undefined
      ? [at(source.x, bend), at(target.x, bend)]
      : [at(source.x, bend), at(lane, bend), at(lane, landing), at(target.x, landing)];
  return [source, ...ways, target];
}

/** The way round to a target that does not stand below. */
function detour(source: Point, target: Point): Point[] {
  const side = target.x >= source.x ? 1 : -1;
  const middle = Math.abs(target.x - source.x) < 300 ? source.x + side * 200 : (source.x + target.x) / 2;
  const [bend, landing] = [source.y + STEM, target.y - LANDING];
  return [source, at(source.x, bend), at(middle, bend), at(middle, landing), at(target.x, landing), target];
}

/** An SVG path through the corners, each rounded as far as its sides allow. */
export function roundPath(corners: readonly Point[]): string {
  const [first] = corners;
  const last = corners.at(-1);
  if (!first || !last) return "";
  const bends = corners.slice(1, -1).map((corner, index) => {
    const [before, after] = [corners[index] ?? corner, corners[index + 2] ?? corner];
    const radius = Math.min(RADIUS, distance(before, corner) / 2, distance(corner, after) / 2);
    const [enter, leave] = [toward(corner, before, radius), toward(corner, after, radius)];
    return `L${text(enter)} Q${text(corner)} ${text(leave)}`;
  });
  return [`M${text(first)}`, ...bends, `L${text(last)}`].join(" ");
}

function at(x: number, y: number): Point {
  return { x, y };
}

function distance(one: Point, other: Point): number {
  return Math.hypot(other.x - one.x, other.y - one.y);
}

function toward(from: Point, to: Point, by: number): Point {
  const length = distance(from, to) || 1;
  return at(from.x + ((to.x - from.x) / length) * by, from.y + ((to.y - from.y) / length) * by);
}

function text({ x, y }: Point): string {
  return `${String(Math.round(x * 10) / 10)},${String(Math.round(y * 10) / 10)}`;
}
