import { expect, test } from "vitest";

import { cornersOf, roundPath, STEM } from "./edgePath";

const top = { x: 100, y: 0 };

test("an edge runs straight down before it turns", () => {
  expect(cornersOf(top, { x: 300, y: 200 })[1]).toEqual({ x: 100, y: STEM });
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
