import { expect, test } from "vitest";

import { portsOf } from "./catalog";
import { setConfig } from "./commands";
import type { JsonObject } from "./document";
import { openExits } from "./graph";
import { record, startHistory, travel } from "./history";
import { catalog, scoring } from "./testing/scoring";

const COLD = { id: "cold", name: "Cold" };
const WARM = { id: "warm", name: "Warm" };

function split(config: JsonObject) {
  const node = { id: "split", type: "random_split", config };
  const edges = ["warm", "cold"].map((port) => ({ from: "split", port, to: "points" }));
  return { node, document: { ...scoring, nodes: [...scoring.nodes, node], edges: [...scoring.edges, ...edges] } };
}

function portsWith(config: JsonObject) {
  const { node, document } = split(config);
  return portsOf(node, document, catalog).map(({ key, label }) => `${key}: ${label}`);
}

test("a branch gives a way out of its name, before those that every such step has", () => {
  expect(portsWith({ branches: [WARM, COLD] })).toEqual(["warm: Warm", "cold: Cold", "else: Else"]);
});

test("a list that is not filled in counts with its default", () => {
  expect(portsWith({})).toEqual(["a: A", "b: B", "else: Else"]);
});

test("a field that opens a way out does so while it is filled in", () => {
  expect(portsWith({ branches: [WARM], control: 10 })).toContain("control: Control group");
  expect(portsWith({ branches: [WARM], control: 0 })).not.toContain("control: Control group");
});

test("whatever stands in the list, what is no branch is no way out", () => {
  expect(portsWith({ branches: [null, 5, { name: "No id" }, { id: "x", name: " " }] })).toEqual(["x: x", "else: Else"]);
  expect(portsWith({ branches: "none" })).toEqual(["else: Else"]);
});

test("open ends follow from the configuration", () => {
  const { document } = split({ branches: [WARM, COLD, { id: "hot", name: "Hot" }] });
  expect(openExits(document, catalog).filter(({ from }) => from === "split").map(({ port }) => port)).toEqual(["hot", "else"]);
});

test("a removed branch takes its line along, and one step back brings both back", () => {
  const { document } = split({ branches: [WARM, COLD] });
  const edit = setConfig(document, catalog, "split", { branches: [{ ...WARM, name: "Renamed" }] });
  expect(edit.document.edges.filter(({ from }) => from === "split").map(({ port }) => port)).toEqual(["warm"]);
  expect(travel(record(startHistory(document), edit), -1).present).toEqual(document);
});

test("a step of a type unknown here keeps its lines when it is configured", () => {
  const { document } = split({});
  const strange = { ...document, nodes: document.nodes.map((node) => ({ ...node, type: "from_the_future" })) };
  expect(setConfig(strange, catalog, "split", { branches: [] }).document.edges).toEqual(document.edges);
});
