import { expect, test } from "vitest";

import type { Radar } from "@/api/types";

import { around, graphOf, type ThingKind } from "./graph";
import { placesOf } from "./layout";

const kinds = new Set<ThingKind>(["attribute", "list", "event"]);
const automation = (id: number) => ({ id, name: `A${id}`, state: "active" as const, read: true });
const radar: Radar = {
  automations: [automation(1), automation(2)],
  things: [
    { id: "event:opened", kind: "event", label: "opened" },
    { id: "list:1", kind: "list", label: "News" },
    { id: "tag:x", kind: "tag", label: "x" },
    { id: "automation:2", kind: "automation", label: "A2" },
  ],
  links: [
    { automation: 1, node: "in", way: "enters", thing: "event:opened" },
    { automation: 1, node: "join", way: "put", thing: "list:1" },
    { automation: 1, node: "leave", way: "take", thing: "list:1" },
    { automation: 1, node: "tag", way: "put", thing: "tag:x" },
    { automation: 2, node: "in", way: "enters", thing: "list:1" },
  ],
  findings: [],
};

test("what leads to something stands left of it", () => {
  const places = placesOf(graphOf(radar, kinds));
  const xs = ["event:opened", "automation:1", "list:1", "automation:2"].map((id) => places.get(id)?.x ?? Number.NaN);
  expect(xs).toEqual(xs.toSorted((a, b) => a - b));
  expect(new Set(xs).size).toBe(4);
});

test("what happens twice between two is one tie that tells both", () => {
  const graph = graphOf(radar, kinds);
  expect(graph.ties.find(({ to }) => to === "list:1")?.ways).toEqual(["put", "take"]);
});

test("things of other kinds are left out, with what is done to them", () => {
  const { spots, ties } = graphOf(radar, kinds);
  expect(spots.map(({ id }) => id)).not.toContain("tag:x");
  expect(ties.some(({ to }) => to === "tag:x")).toBe(false);
});

test("automations that go round have places, too", () => {
  const links = [
    { automation: 1, node: "a", way: "start" as const, thing: "automation:2" },
    { automation: 2, node: "b", way: "start" as const, thing: "automation:1" },
  ];
  const graph = graphOf({ ...radar, links }, kinds);
  expect(placesOf(graph).size).toBe(2);
  expect(around(graph, "automation:1")).toEqual(new Set(["automation:1", "automation:2"]));
});

test("the same map gives the same picture", () => {
  const graph = graphOf(radar, kinds);
  expect([...placesOf(graph)]).toEqual([...placesOf(graph)]);
});
