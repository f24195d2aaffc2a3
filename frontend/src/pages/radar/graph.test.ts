import { expect, test } from "vitest";

import type { Radar, RadarLink } from "@/api/types";

import { type Graph, graphOf, type ThingKind } from "./graph";

const all = new Set<ThingKind>(["attribute", "list", "tag", "deals", "event", "channel"]);
const link = (automation: number, node: string | null, way: RadarLink["way"], thing: string): RadarLink => ({ automation, node, way, thing });
const radar: Radar = {
  automations: [
    { id: 1, name: "Scoring", state: "active", read: true },
    { id: 2, name: "Sales", state: "draft", read: true },
    { id: 3, name: "Alone", state: "draft", read: false },
  ],
  things: [
    { id: "attribute:STAGE", kind: "attribute", label: "STAGE" },
    { id: "automation:2", kind: "automation", label: "Sales" },
    { id: "channel:email", kind: "channel", label: "Email" },
    { id: "deals:", kind: "deals", label: "Deals" },
    { id: "event:email_clicked", kind: "event", label: "email_clicked" },
  ],
  links: [
    link(1, "clicked", "enters", "event:email_clicked"),
    link(1, "mail", "sends", "channel:email"),
    link(1, "again", "sends", "channel:email"),
    link(1, "stage", "set", "attribute:STAGE"),
    link(1, "ask", "reads", "attribute:STAGE"),
    link(1, "go", "start", "automation:2"),
    link(2, "customer", "reads", "attribute:STAGE"),
    link(2, "deal", "set", "deals:"),
  ],
  findings: [
    {
      code: "loop",
      message: "Round and round",
      remedy: "Cut it",
      witness: [
        { automation: 1, node: "go", name: "Scoring", phrase: "Start" },
        { automation: 2, node: "deal", name: "Sales", phrase: "Move" },
        { automation: 1, node: "mail", name: "Scoring", phrase: "Send" },
      ],
      fix: null,
    },
  ],
};
const drawn = ({ ties }: Graph) => ties.map(({ from, ways, to, node }) => `${from} ${ways.join("+")} ${to} (${node ?? "settings"})`);

test("who hears, mails, changes and starts what is drawn in the direction in which it takes effect", () => {
  expect(drawn(graphOf(radar, all))).toEqual([
    "event:email_clicked enters automation:1 (clicked)",
    "automation:1 sends channel:email (mail)",
    "automation:1 set attribute:STAGE (stage)",
    "automation:1 start automation:2 (go)",
    "attribute:STAGE reads automation:2 (customer)",
    "automation:2 set deals: (deal)",
  ]);
});

test("an automation that is started stands there once, and who starts whom is drawn whatever is left out", () => {
  const { spots, ties } = graphOf(radar, new Set<ThingKind>());
  expect(spots.map(({ id, label }) => [id, label])).toEqual([
    ["automation:1", "Scoring"],
    ["automation:2", "Sales"],
    ["automation:3", "Alone"],
  ]);
  expect(drawn({ spots, ties })).toEqual(["automation:1 start automation:2 (go)"]);
});

test("every line has a spot at both ends, though whoever is started is not on the map", () => {
  const without: Radar = { ...radar, automations: radar.automations.filter(({ id }) => id !== 2), links: radar.links.filter(({ automation }) => automation !== 2) };
  const { spots, ties } = graphOf(without, all);
  const ids = new Set(spots.map(({ id }) => id));
  expect(ties.flatMap(({ from, to }) => [from, to]).filter((id) => !ids.has(id))).toEqual([]);
});

test("a finding counts once for each automation that is its witness", () => {
  const counted = graphOf(radar, all).spots.filter(({ automation }) => automation).map(({ findings }) => findings);
  expect(counted).toEqual([1, 1, 0]);
});

test("what automations read, the settings among them, comes from the thing", () => {
  const { ties } = graphOf({ ...radar, links: [link(2, null, "reads", "deals:")] }, all);
  expect(drawn({ spots: [], ties })).toEqual(["deals: reads automation:2 (settings)"]);
});
