import { expect, test } from "vitest";

import { bendOf, portOffset } from "@/flow/layout";

import { cornersOf, type Point, roundPath, STEM } from "./edgePath";

const top = { x: 100, y: 0 };

test("an edge runs straight down before it turns", () => {
  expect(cornersOf(top, { x: 300, y: 200 })[1]).toEqual({ x: 100, y: STEM });
});

test("an edge to a step close below does not go round", () => {
  const xs = cornersOf(top, { x: 100, y: STEM }).map((corner) => corner.x);
  expect(new Set(xs)).toEqual(new Set([100]));
});

test("an edge with a lane runs down in it", () => {
  const xs = cornersOf(top, { x: 100, y: 400 }, 500).map((corner) => corner.x);
  expect(xs).toEqual([100, 100, 500, 500, 100, 100]);
});

test("an edge to a step above goes round and still lands from above", () => {
  const corners = cornersOf(top, { x: 100, y: -300 });
  const [before, last] = [corners.at(-2), corners.at(-1)];
  expect(before?.x).toBe(last?.x);
  expect(before?.y).toBeLessThan(last?.y ?? 0);
});

test("the path begins and ends at the ports, whatever lies between", () => {
  expect(roundPath(cornersOf(top, { x: 100, y: 200 }))).toMatch(/^M100,0 .*L100,200$/);
  expect(roundPath([])).toBe("");
});

/** How often two ways cross or run along each other, from different ports to targets in a row below. */
function conflicts(count: number, targetOf: (index: number) => number): number {
  const ways = Array.from({ length: count }, (_, index) => {
    const source = { x: portOffset(index, count), y: 0 };
    const target = { x: targetOf(index), y: 200 };
    return cornersOf(source, target, undefined, bendOf(index, count, target.x - source.x));
  });
  return ways.flatMap((way, index) => ways.slice(index + 1).filter((other) => meet(way, other))).length;
}

function meet(one: readonly Point[], other: readonly Point[]): boolean {
  const pieces = (way: readonly Point[]) => way.slice(1).map((end, index) => [way[index] ?? end, end] as const);
  return pieces(one).some((a) => pieces(other).some((b) => spans(a, b, "x") && spans(a, b, "y")));
}

function spans([a, b]: readonly [Point, Point], [c, d]: readonly [Point, Point], axis: "x" | "y"): boolean {
  return Math.min(a[axis], b[axis]) <= Math.max(c[axis], d[axis]) && Math.min(c[axis], d[axis]) <= Math.max(a[axis], b[axis]);
}

test("lines of many branches that lead outward never meet", () => {
  for (let count = 2; count <= 11; count += 1) {
    expect(conflicts(count, (index) => (index - (count - 1) / 2) * 312)).toBe(0);
  }
});

test("lines of many branches that come together meet above their target only", () => {
  for (let count = 2; count <= 11; count += 1) {
    expect(conflicts(count, (index) => (index - (count - 1) / 2) * 4)).toBe(0);
  }
});
