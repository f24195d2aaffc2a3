import { expect, test } from "vitest";

import * as commands from "./commands";
import type { AutomationDocument, StepGroup } from "./document";
import { edgeKey, sameMeaning } from "./document";
import { drawnOf, firstOf, placesOf, shownAs, wayInto, wayOutOf } from "./drawn";
import { openExits } from "./graph";
import { figuresOfGroup } from "./groupFigures";
import { groupMadeOf, groupOf, groupsOf, refusalToGroup } from "./groups";
import { record, startHistory, travel } from "./history";
import { NODE_HEIGHT, NODE_WIDTH, positionsOf } from "./layout";
import { merge } from "./merge";
import { catalog, dice, scoring, waiting } from "./testing/scoring";

const grouped = (ids: readonly string[], document = scoring, name = "Warm-up") =>
  commands.groupNodes(document, ids, name)?.document ?? document;
const collapsed = (document: AutomationDocument) =>
  commands.fold(document, groupsOf(document).map(({ id }) => id), true).document;
const members = (document: AutomationDocument) => groupsOf(document).map(({ nodes }) => nodes);
/** With an id that can be named. */
const warmUp = { ...grouped(["points", "hot"]), groups: [{ id: "group", name: "Warm-up", nodes: ["points", "hot"], collapsed: false }] };

test("steps get a name, and mean the same", () => {
  const document = grouped(["points", "hot"]);
  expect(groupsOf(document)).toMatchObject([{ name: "Warm-up", nodes: ["points", "hot"], collapsed: false }]);
  expect(sameMeaning(document, scoring)).toBe(true);
  expect(groupMadeOf(document, ["hot", "points"])?.name).toBe("Warm-up");
});

test.each([
  [["hot"], { reason: "few" }],
  [["points", "assign"], { reason: "between", steps: ["hot"] }],
])("%j may not become a group", (ids, refusal) => {
  expect(refusalToGroup(scoring, ids)).toEqual(refusal);
  expect(commands.groupNodes(scoring, ids, "x")).toBeNull();
});

test("steps selected together with those of a group join it; two groups do not become one", () => {
  expect(members(grouped(["hot", "assign"], warmUp))).toEqual([["points", "hot", "assign"]]);
  expect(refusalToGroup(warmUp, ["points", "hot"])).toEqual({ reason: "same" });
  const two = grouped(["assign", "alert"], warmUp);
  expect(refusalToGroup(two, ["hot", "assign"])).toEqual({ reason: "several" });
});

test("steps are taken out one by one; one step alone is no group", () => {
  const three = grouped(["points", "hot", "assign"]);
  expect(members(commands.ungroup(three, ["assign"]).document)).toEqual([["points", "hot"]]);
  expect(commands.ungroup(warmUp, ["hot"]).document).not.toHaveProperty("groups");
  expect(commands.removeNodes(warmUp, catalog, ["hot"]).document).not.toHaveProperty("groups");
});

test("a step put between two of a group joins it, one put before it does not", () => {
  const within = commands.insertNode(warmUp, catalog, { from: "points", port: "next", to: "hot" }, waiting, "next");
  expect(members(within?.document ?? scoring)).toEqual([["points", "hot", "send_alert"]]);
  const before = commands.insertNode(warmUp, catalog, { from: "opened", port: "next", to: "points" }, waiting, "next");
  expect(members(before?.document ?? scoring)).toEqual([["points", "hot"]]);
});

test("a group is renamed; a name of blanks is none", () => {
  expect(groupsOf(commands.renameGroup(warmUp, "group", " Cold ")?.document ?? scoring)[0]?.name).toBe("Cold");
  expect(commands.renameGroup(warmUp, "group", "  ")).toBeNull();
});

test("copied steps keep the name of their group, under an id of its own", () => {
  const { document } = commands.duplicate(warmUp, catalog, ["points", "hot"]);
  expect(groupsOf(document).map(({ name }) => name)).toEqual(["Warm-up", "Warm-up"]);
  expect(new Set(groupsOf(document).map(({ id }) => id)).size).toBe(2);
  expect(groupOf(document, "update_attribute")?.nodes).toEqual(["update_attribute", "conditional_split"]);
  const part = commands.duplicate(warmUp, catalog, ["points"]).document;
  expect(groupsOf(part)).toHaveLength(1);
});

test("a group survives the text of the clipboard, and takes nothing in that was not copied", () => {
  const text = commands.fragmentText(commands.fragmentOf(collapsed(warmUp), catalog, ["points", "hot"]));
  const pasted = commands.parseFragment(text.replace('"points",\n        "hot"', '"alert", "points", "hot"'));
  const { document } = commands.paste(scoring, catalog, pasted ?? { nodes: [], edges: [], layout: {} }, [0, 0]);
  expect(groupsOf(document)).toMatchObject([{ name: "Warm-up", collapsed: true }]);
  expect(groupOf(document, "alert")).toBeUndefined();
});

test("a copied branch takes its groups along, or joins that of its split", () => {
  const tail = commands.duplicateBranch(grouped(["assign", "alert"]), catalog, { from: "hot", port: "yes" })?.document;
  expect(members(tail ?? scoring)).toEqual([["assign", "alert"], ["assign_owner", "send_alert"]]);
  const whole = grouped(["hot", "assign", "alert"]);
  const joined = commands.duplicateBranch(whole, catalog, { from: "hot", port: "yes" })?.document;
  expect(members(joined ?? scoring)).toEqual([["hot", "assign", "alert", "assign_owner", "send_alert"]]);
});

test("grouping, folding and naming are undone one by one", () => {
  let history = record(startHistory(scoring), commands.groupNodes(scoring, ["points", "hot"], "A") ?? commands.tidy(scoring));
  const ids = groupsOf(history.present).map(({ id }) => id);
  history = record(history, commands.fold(history.present, ids, true));
  history = record(history, commands.fold(history.present, ids, true));
  expect(history.past.map(({ name, types }) => [name, types.length])).toEqual([["group", 2], ["collapse", 2]]);
  expect(travel(history, -2).present).toBe(scoring);
});

test("what two people do to groups is put together, and never asked about", () => {
  const mine = commands.renameGroup(warmUp, "group", "Mine")?.document ?? warmUp;
  const theirs = collapsed(grouped(["hot", "assign"], warmUp));
  const both = merge(warmUp, mine, theirs, "theirs");
  expect(both.clashes).toEqual([]);
  expect(groupsOf(both.document)).toEqual([{ id: "group", name: "Mine", nodes: ["points", "hot", "assign"], collapsed: true }]);
  const without = commands.removeNodes(warmUp, catalog, ["hot"]).document;
  expect(merge(warmUp, mine, without, "theirs").document).not.toHaveProperty("groups");
  expect(groupsOf(merge(scoring, scoring, warmUp, "mine").document)).toEqual(groupsOf(warmUp));
});

test("groups that two people make at the same time stay two", () => {
  const [mine, theirs] = [grouped(["opened", "points"], scoring, "Mine"), grouped(["assign", "alert"], scoring, "Theirs")];
  const both = merge(scoring, mine, theirs, "mine").document;
  expect(groupsOf(both).map(({ name, nodes }) => [name, nodes])).toEqual([["Theirs", ["assign", "alert"]], ["Mine", ["opened", "points"]]]);
  const alike = [mine, theirs].map((each) => ({ ...each, groups: groupsOf(each).map((group) => ({ ...group, id: "same" })) }));
  const apart = groupsOf(merge(scoring, alike[0] ?? mine, alike[1] ?? theirs, "mine").document);
  expect(apart.map(({ name }) => name)).toEqual(["Theirs", "Mine"]);
  expect(apart.map(({ id }) => id === "same")).toEqual([true, false]);
});

test("what one put into a group stays one when the other removed the steps it had; taken apart it stays apart", () => {
  const grown = grouped(["hot", "assign"], warmUp);
  const removed = commands.removeNodes(warmUp, catalog, ["points"]).document;
  for (const [mine, theirs] of [[removed, grown], [grown, removed]] as const) {
    expect(members(merge(warmUp, mine, theirs, "mine").document)).toEqual([["hot", "assign"]]);
  }
  const apart = commands.ungroup(warmUp, ["points", "hot"]).document;
  expect(members(merge(warmUp, apart, grown, "mine").document)).toEqual([]);
});

test("a step that one put between keeps out those that the other took in behind it", () => {
  const mine = grouped(["hot", "assign"], warmUp);
  const theirs = commands.insertNode(warmUp, catalog, { from: "hot", port: "yes", to: "assign" }, waiting, "next")?.document ?? warmUp;
  expect(members(merge(warmUp, mine, theirs, "mine").document)).toEqual([["points", "hot"]]);
});

test("a collapsed group is drawn as one step, its lines led to and from it", () => {
  const { document, catalog: types, cards, behind } = drawnOf(collapsed(warmUp), catalog, {});
  const card = "points/group";
  expect(document.nodes.map(({ id }) => id)).toEqual(["opened", "pushed", card, "assign", "alert"]);
  expect(document.edges).toContainEqual({ from: "opened", port: "next", to: card });
  expect(document.edges).toContainEqual({ from: card, port: "hot:yes", to: "assign" });
  expect(types.get(card)).toMatchObject({ kind: "group", label: "Warm-up" });
  expect(cards.get(card)?.nodes).toEqual(["points", "hot"]);
  expect(behind.get(`${card}:hot:yes`)).toEqual([{ from: "hot", port: "yes", to: "assign" }]);
});

test("ways out that lead to one step are one line, which stands for none of them alone", () => {
  const joined = commands.connect(warmUp, catalog, { from: "hot", port: "no", to: "assign" })?.document ?? warmUp;
  const drawn = drawnOf(collapsed(joined), catalog, {});
  expect(drawn.document.edges.filter(({ to }) => to === "assign")).toHaveLength(1);
  expect(wayOutOf(drawn, { from: "points/group", port: "hot:yes" })).toBeNull();
  expect(wayOutOf(drawnOf(collapsed(warmUp), catalog, {}), { from: "points/group", port: "hot:yes" })).toEqual({ from: "hot", port: "yes" });
  expect(wayInto(joined, drawn, "points/group")).toBe("points");
});

test("whoever looks may open and close a group for themselves", () => {
  expect(drawnOf(warmUp, catalog, { group: true }).cards.size).toBe(1);
  const shut = collapsed(warmUp);
  expect(drawnOf(shut, catalog, { group: false })).toMatchObject({ document: shut, catalog });
});

test("a card stands where the group's first step stood, and moves it with the steps that were placed", () => {
  const placed = collapsed(commands.placeNodes(warmUp, { points: [500, 100], hot: [700, 400] }).document);
  const drawn = drawnOf(placed, catalog, {});
  expect(positionsOf(drawn.document, drawn.catalog)["points/group"]).toEqual([500, 100]);
  expect(placesOf(placed, catalog, drawn, { "points/group": [0, 0], alert: [9, 9] })).toEqual({ points: [0, 0], hot: [200, 300], alert: [9, 9] });
});

test("a group counts those who came, wait, failed and went on, each once", () => {
  const [group] = groupsOf(warmUp);
  const nodes = { points: { waiting: 1, passed: 9, failed: 1 }, hot: { waiting: 2, passed: 7, failed: 0 } };
  const edges = { "opened:next": 7, "pushed:next": 4, "points:next": 9, "hot:yes": 4, "hot:no": 3 };
  expect(figuresOfGroup(warmUp, catalog, group as StepGroup, { nodes, edges })).toEqual({ entered: 11, waiting: 3, passed: 7, failed: 1 });
});

/** An automation grown, grouped, cut and folded by chance. */
function shaken(seed: number): { document: AutomationDocument; plain: AutomationDocument } {
  const roll = dice(seed);
  const one = <T>(all: readonly T[]): T | undefined => all[Math.floor(roll() * all.length)];
  let [document, plain] = [scoring, scoring];
  for (let turn = 0; turn < 60; turn += 1) {
    const chance = roll();
    const exit = one(openExits(plain, catalog));
    const edge = one(plain.edges);
    const type = roll() < 0.4 ? "conditional_split" : "send_alert";
    const both = (edit: (given: AutomationDocument) => AutomationDocument | undefined) => {
      [document, plain] = [edit(document) ?? document, edit(plain) ?? plain];
    };
    if (chance < 0.35 && exit) both((given) => commands.appendNode(given, catalog, exit, { type, config: {} })?.document);
    else if (chance < 0.5 && edge) both((given) => commands.insertNode(given, catalog, edge, { type, config: {} }, type === "send_alert" ? "next" : "yes")?.document);
    else if (chance < 0.6) {
      const gone = one(plain.nodes)?.id ?? "";
      if (plain.nodes.length > 6) both((given) => commands.removeNodes(given, catalog, [gone]).document);
    } else if (chance < 0.85) document = grouped(plain.nodes.filter(() => roll() < 0.25).map(({ id }) => id), document);
    else if (chance < 0.9) document = commands.ungroup(document, [one(plain.nodes)?.id ?? ""]).document;
    else document = commands.fold(document, [one(groupsOf(document))?.id ?? ""], roll() < 0.7).document;
  }
  return { document, plain };
}

test("whatever is done, groups stay sound and change nothing that runs", () => {
  let seen = 0;
  for (let seed = 1; seed <= 40; seed += 1) {
    const { document, plain } = shaken(seed);
    expect(sameMeaning(document, plain)).toBe(true);
    const all = members(document).flat();
    expect(new Set(all).size).toBe(all.length);
    expect(all.filter((id) => !plain.nodes.some((node) => node.id === id))).toEqual([]);
    expect(members(document).filter((nodes) => nodes.length < 2)).toEqual([]);
    seen += all.length;
  }
  expect(seen).toBeGreaterThan(100);
});

test("whatever is collapsed, every step and line is drawn once, no two cards overlap, and order does not matter", () => {
  for (let seed = 1; seed <= 40; seed += 1) {
    const document = collapsed(shaken(seed).document);
    const drawn = drawnOf(document, catalog, {});
    const ids = drawn.document.nodes.map(({ id }) => id);
    expect(new Set(document.nodes.map(({ id }) => shownAs(drawn, id)))).toEqual(new Set(ids));
    const crossing = document.edges.filter((edge) => shownAs(drawn, edge.from) !== shownAs(drawn, edge.to));
    const behind = drawn.document.edges.flatMap((edge) => drawn.behind.get(edgeKey(edge)) ?? []);
    expect(behind.map(edgeKey).toSorted()).toEqual(crossing.map(edgeKey).toSorted());
    const places = Object.values(positionsOf(drawn.document, drawn.catalog));
    expect(places).toHaveLength(ids.length);
    const covered = places.some(([x, y], at) => places.slice(at + 1).some((other) => Math.abs(other[0] - x) < NODE_WIDTH && Math.abs(other[1] - y) < NODE_HEIGHT));
    expect(covered).toBe(false);
    const turned = { ...document, nodes: document.nodes.toReversed(), edges: document.edges.toReversed(), groups: groupsOf(document).toReversed() };
    const other = drawnOf(turned, catalog, {});
    expect(positionsOf(other.document, other.catalog)).toEqual(positionsOf(drawn.document, drawn.catalog));
    for (const group of groupsOf(document)) expect(group.nodes).toContain(firstOf(document, group));
  }
});
