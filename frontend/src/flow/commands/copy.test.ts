import { expect, test } from "vitest";

import type { AutomationDocument, Position, Positions } from "@/flow/document";
import { drawnOf } from "@/flow/drawn";
import { groupsOf } from "@/flow/groups";
import { COLUMN_GAP, GRID, NODE_HEIGHT, NODE_WIDTH, positionsOf, ROW_GAP } from "@/flow/layout";
import { emptyDocument } from "@/flow/testing/empty";
import { catalog, dice, scoring } from "@/flow/testing/scoring";

import * as commands from ".";

const pair: AutomationDocument = {
  ...emptyDocument("Two steps"),
  nodes: [
    { id: "opened", type: "email_opened", config: {} },
    { id: "points", type: "update_attribute", config: {} },
  ],
  edges: [{ from: "opened", port: "next", to: "points" }],
};

function pasteAll(document: AutomationDocument, at: Position): commands.Edit {
  const ids = document.nodes.map((node) => node.id);
  return commands.paste(document, catalog, commands.fragmentOf(document, catalog, ids), at);
}

function seen(document: AutomationDocument): Positions {
  const drawn = drawnOf(document, catalog, {});
  return positionsOf(drawn.document, drawn.catalog);
}

/** Whether some copy stands nearer to something else than steps of a tidy picture do. */
function crowded({ document, touched }: commands.Edit): boolean {
  const copies = new Set(touched);
  const places = Object.entries(positionsOf(document, catalog));
  const [mine, others] = [places.filter(([id]) => copies.has(id)), places.filter(([id]) => !copies.has(id))];
  return mine.some(([, [x, y]]) =>
    others.some(
      ([, [left, top]]) => Math.abs(left - x) < NODE_WIDTH + COLUMN_GAP && Math.abs(top - y) < NODE_HEIGHT + ROW_GAP,
    ),
  );
}

test.each([
  [0, 4],
  [4, -30],
  [100, 150],
  [-260, 0],
] as const)("copies put at %i, %i onto what is there stand clear of it, and it stays", (x, y) => {
  const edit = pasteAll(pair, [x, y]);
  expect(crowded(edit)).toBe(false);
  const places = positionsOf(edit.document, catalog);
  expect(places).toMatchObject(positionsOf(pair, catalog));
  expect(edit.document.edges).toContainEqual({ from: "email_opened", port: "next", to: "update_attribute" });
  expect((places["email_opened"] ?? []).map((value) => Math.abs(value % GRID))).toEqual([0, 0]);
});

test("copies do not lie on a line that passes by", () => {
  const far = commands.placeNodes(pair, { opened: [0, 0], points: [0, 960] }).document;
  const fragment = commands.fragmentOf(pair, catalog, ["points"]);
  const { document } = commands.paste(far, catalog, fragment, [10, 480]);
  expect(Math.abs(document.layout["update_attribute"]?.[0] ?? 0)).toBeGreaterThanOrEqual(NODE_WIDTH + COLUMN_GAP);
});

test("copies go where they were meant to where that is free", () => {
  expect(pasteAll(pair, [960, 480]).document.layout["email_opened"]).toEqual([960, 480]);
});

test("steps that nobody placed are pasted tidily, one below the other", () => {
  const fragment = commands.parseFragment(JSON.stringify(pair)) ?? { nodes: [], edges: [], layout: {} };
  const { layout } = commands.paste(pair, catalog, fragment, [960, 0]).document;
  expect(layout["update_attribute"]?.[0]).toBe(layout["email_opened"]?.[0]);
  expect(layout["update_attribute"]?.[1]).toBeGreaterThan(layout["email_opened"]?.[1] ?? 0);
});

test("whatever is pasted or duplicated, and wherever, nothing else moves, groups included", () => {
  const roll = dice(7);
  const open = commands.groupNodes(scoring, ["points", "hot"], "Warm-up")?.document ?? scoring;
  let { document } = commands.fold(open, groupsOf(open).map(({ id }) => id), true);
  for (let turn = 0; turn < 12; turn += 1) {
    const before = seen(document);
    const ids = document.nodes.map((node) => node.id).filter(() => roll() < 0.3);
    const fragment = commands.fragmentOf(document, catalog, ids);
    const at: Position = [Math.round(roll() * 2000), Math.round(roll() * 2000)];
    const edit =
      ids.length === 0
        ? null
        : turn % 2
          ? commands.paste(document, catalog, fragment, at)
          : commands.duplicate(document, catalog, ids);
    document = edit?.document ?? document;
    expect(seen(document)).toMatchObject(before);
  }
});
