import { describe, expect, it } from "vitest";

import type { LitStep } from "@/canvas/rehearse/state";

import type { EdgeElement, StepElement } from "./flowElements";
import { cardsOf, linesOf, litBy, ringsOf } from "./tinyShapes";

const card = (id: string, x: number, steps = [id]) =>
  ({ id, position: { x, y: 0 }, data: { steps, errors: 0, opened: false } }) as unknown as StepElement;
const line = (source: string, target: string, width?: number, others: readonly object[] = []) =>
  ({ source, target, data: { edge: { from: source, port: "next", to: target }, others, port: [0, 1], width } }) as unknown as EdgeElement;
const way = [{ node: "a", port: "next" }, { node: "b", port: null }] as unknown as LitStep[];

const nodes = [card("a", 0), card("b", 400), card("c", 800), card("group", 1200, ["d", "b"])];

describe("the light picture", () => {
  it("joins all that looks alike into one path", () => {
    const [all, ...more] = cardsOf(nodes, null);
    expect(more).toEqual([]);
    expect(all?.path.match(/M/gu)).toHaveLength(nodes.length);
    expect(all?.look.rehearsed).toBeUndefined();
  });

  it("lights the way of a test run, a group's card for any of its steps, and fades the rest", () => {
    const lit = litBy(way);
    const counts = cardsOf(nodes, lit).map(({ look, path }) => [look.rehearsed, path.match(/M/gu)?.length]);
    expect(counts).toEqual([
      ["on", 3],
      ["off", 1],
    ]);
    const ways = linesOf(nodes, [line("a", "b"), line("b", "c")], lit);
    expect(ways.map(({ look }) => look.rehearsed)).toEqual(["on", "off"]);
  });

  it("lights a line out of a collapsed group by whichever of its ways was taken", () => {
    const other = { from: "a", port: "next", to: "c" };
    const ways = linesOf(nodes, [line("group", "c", undefined, [other]), line("b", "c")], litBy(way));
    expect(ways.map(({ look }) => look.rehearsed)).toEqual(["on", "off"]);
  });

  it("draws lines by what flows along them, and leaves out those that end nowhere", () => {
    const drawn = linesOf(nodes, [line("a", "b", 14), line("b", "c", 13.9), line("a", "c", 2), line("a", "gone", 2)], null);
    expect(drawn.map(({ look, path }) => [look.width, path.match(/M/gu)?.length])).toEqual([
      [28, 2],
      [4, 1],
    ]);
  });

  it("rings what was found, also in a collapsed group", () => {
    expect(ringsOf(nodes, (step) => step === "d").match(/M/gu)).toHaveLength(1);
    expect(ringsOf(nodes, (step) => step === "b").match(/M/gu)).toHaveLength(2);
    expect(ringsOf(nodes, () => false)).toBe("");
  });
});
