import { expect, test } from "vitest";

import { heatOf } from "./heat";
import { scoring } from "./testing/scoring";

const counts = (passed: number, waiting = 0, failed = 0) => ({ passed, waiting, failed });
const figures = {
  nodes: { opened: counts(100), points: counts(90, 5, 5), hot: counts(80), assign: counts(20), alert: counts(20) },
  edges: { "opened:next": 100, "points:next": 90, "hot:yes": 20, "hot:no": 60, "assign:next": 20 },
};
const heat = heatOf(scoring, figures);

test("an edge is as wide as its flow, and knows its share of those who left the step", () => {
  expect(heat.edges.get("opened:next")).toEqual({ share: 1, width: 14 });
  expect(heat.edges.get("hot:yes")).toMatchObject({ share: 0.25, width: 4 });
  expect(heat.edges.get("pushed:next")).toEqual({ share: 0, width: 1.5 });
});

test("lost are those who stand, failed, or took a way that ends; at the end nobody is lost", () => {
  expect(heat.lost.get("points")).toBeCloseTo(0.1);
  expect(heat.lost.get("hot")).toBeCloseTo(0.75);
  expect(heat.lost.get("assign")).toBe(0);
  expect([heat.lost.has("alert"), heat.lost.has("pushed")]).toEqual([false, false]);
});
