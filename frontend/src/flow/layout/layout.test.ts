import { expect, test } from "vitest";

import { addNode, appendNode, insertNode, placeNodes, tidy } from "@/flow/commands";
import type { AutomationDocument, Positions } from "@/flow/document";
import { openExits } from "@/flow/graph";
import { emptyDocument } from "@/flow/testing/empty";
import { catalog, dice, scoring, waiting } from "@/flow/testing/scoring";

import { NODE_HEIGHT, NODE_WIDTH, pictureOf, positionsOf, ROW, widthWith } from ".";

function at(positions: Positions, id: string): readonly [number, number] {
  return positions[id] ?? [Number.NaN, Number.NaN];
}

function overlaps(positions: Positions): number {
  const all = Object.values(positions);
  return all.filter(([x, y], index) =>
    all.slice(index + 1).some((other) => Math.abs(other[0] - x) < NODE_WIDTH && Math.abs(other[1] - y) < NODE_HEIGHT),
  ).length;
}

/** A random tree of splits and actions, grown at open ends. */
function grown(seed: number, size: number): AutomationDocument {
  const roll = dice(seed);
  let document = addNode(emptyDocument("Random"), { type: "email_opened", config: {} }).document;
  while (document.nodes.length < size) {
    const exits = openExits(document, catalog);
    const exit = exits[Math.floor(roll() * exits.length)];
    const type = roll() < 0.3 ? "conditional_split" : "send_alert";
    document = (exit && appendNode(document, catalog, exit, { type, config: {} })?.document) ?? document;
  }
  return document;
}

test("steps in a row stand straight below each other", () => {
  const positions = positionsOf(scoring, catalog);
  expect(at(positions, "alert")[0]).toBe(at(positions, "assign")[0]);
  expect(at(positions, "alert")[1]).toBe(at(positions, "assign")[1] + ROW);
});

test("a step that two triggers lead to stands between them", () => {
  const positions = positionsOf(scoring, catalog);
  const middle = (at(positions, "opened")[0] + at(positions, "pushed")[0]) / 2;
  expect(Math.abs(at(positions, "points")[0] - middle)).toBeLessThan(40);
});

test("branches stand in the order of the ports, however they were drawn", () => {
  const { document } = appendNode(scoring, catalog, { from: "hot", port: "no" }, waiting) ?? { document: scoring };
  const turned = { ...document, edges: document.edges.toReversed() };
  const positions = positionsOf(turned, catalog);
  expect(at(positions, "assign")[0]).toBeLessThan(at(positions, "send_alert")[0]);
  expect(positions).toEqual(positionsOf(document, catalog));
});

test("no two cards of a laid out automation overlap", () => {
  for (let seed = 1; seed <= 20; seed += 1) {
    expect(overlaps(positionsOf(grown(seed, 40), catalog))).toBe(0);
  }
});

/** A split of so many branches, each leading to a step of its own. */
function fan(count: number): AutomationDocument {
  const branches = Array.from({ length: count }, (_, index) => ({ id: `b${String(index)}`, name: "x" }));
  const split = { id: "split", type: "random_split", config: { branches } };
  const steps = branches.map(({ id }) => ({ id, type: "send_alert", config: {} }));
  const edges = branches.map(({ id }) => ({ from: "split", port: id, to: id }));
  return { ...emptyDocument("Fan"), nodes: [split, ...steps], edges };
}

test("the steps after many branches stand side by side in their order, with room for the lines", () => {
  const positions = positionsOf(fan(10), catalog);
  const lefts = Array.from({ length: 10 }, (_, index) => at(positions, `b${String(index)}`)[0]);
  expect(lefts).toEqual(lefts.toSorted((one, other) => one - other));
  expect(at(positions, "b0")[1]).toBeGreaterThan(ROW);
});

test("ports of neighbouring splits never stand in each other's way", () => {
  const [one, other] = [fan(10), fan(10)];
  const [nodes, edges] = [other.nodes.map((node) => ({ ...node, id: `o_${node.id}` })), other.edges];
  const both = {
    ...one,
    nodes: [...one.nodes, ...nodes],
    edges: [...one.edges, ...edges.map(({ from, port, to }) => ({ from: `o_${from}`, port, to: `o_${to}` }))],
  };
  const positions = positionsOf(both, catalog);
  expect(Math.abs(at(positions, "o_split")[0] - at(positions, "split")[0])).toBeGreaterThanOrEqual(widthWith(11));
});

test("the same automation gives the same picture, in whatever order it is written", () => {
  const turned = { ...scoring, nodes: scoring.nodes.toReversed(), edges: scoring.edges.toReversed() };
  expect(positionsOf(turned, catalog)).toEqual(positionsOf(scoring, catalog));
});

test("adding steps never moves the first trigger", () => {
  for (let size = 2; size < 30; size += 1) {
    expect(at(positionsOf(grown(7, size), catalog), "email_opened")).toEqual([0, 0]);
  }
});

test("a placed step stays, and those below it come along", () => {
  const placed = placeNodes(scoring, { hot: [1000, 1000] }).document;
  const [before, after] = [positionsOf(scoring, catalog), positionsOf(placed, catalog)];
  expect(at(after, "hot")).toEqual([1000, 1000]);
  expect(at(after, "alert")[0] - 1000).toBe(at(before, "alert")[0] - at(before, "hot")[0]);
  expect(at(after, "points")).toEqual(at(before, "points"));
});

test("tidying forgets places", () => {
  const placed = placeNodes(scoring, { hot: [1000, 1000] }).document;
  expect(positionsOf(tidy(placed).document, catalog)).toEqual(positionsOf(scoring, catalog));
});

test("a step put into an edge moves the rest down", () => {
  const edge = { from: "points", port: "next", to: "hot" };
  const { document } = insertNode(scoring, catalog, edge, waiting, "next") ?? { document: scoring };
  const [before, after] = [positionsOf(scoring, catalog), positionsOf(document, catalog)];
  expect(at(after, "alert")[1]).toBe(at(before, "alert")[1] + ROW);
});

test("a circle in an imported automation is drawn all the same", () => {
  const circle = { ...scoring, edges: [...scoring.edges, { from: "alert", port: "next", to: "points" }] };
  expect(Object.keys(positionsOf(circle, catalog))).toHaveLength(6);
});

test("an edge that passes a row gets a lane beside the steps of that row", () => {
  const skip = { from: "hot", port: "no", to: "alert" };
  const { positions, lanes } = pictureOf({ ...scoring, edges: [...scoring.edges, skip] }, catalog);
  expect(lanes["hot:no"]).toBeGreaterThan(at(positions, "assign")[0] + NODE_WIDTH);
});

test("500 steps are laid out in well under a second", () => {
  const document = grown(3, 500);
  const start = performance.now();
  const positions = positionsOf(document, catalog);
  expect(performance.now() - start).toBeLessThan(1000);
  expect(overlaps(positions)).toBe(0);
});
