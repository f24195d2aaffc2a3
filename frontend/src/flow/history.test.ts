import { expect, test } from "vitest";

import { addNode, rename, setSettings } from "./commands";
import { rebase, record, redo, startHistory, travel, undo } from "./history";
import { scoring, waiting } from "./testing/scoring";

const named = record(startHistory(scoring), rename(scoring, "Hot leads"));
const both = record(named, addNode(named.present, waiting));

test("undo brings back what stood before, redo what was undone", () => {
  const back = undo(both);
  expect(back?.present).toBe(named.present);
  expect(back && redo(back)?.present).toBe(both.present);
});

test("every step of the history has its name", () => {
  expect(both.past.map((entry) => entry.name)).toEqual(["rename", "add"]);
  expect(both.past.at(-1)?.types).toEqual(["send_alert"]);
});

test("an edit that changes nothing is not recorded", () => {
  expect(record(both, rename(both.present, "Hot leads"))).toBe(both);
});

test("a new edit after an undo drops what was undone", () => {
  const back = undo(both) ?? both;
  expect(record(back, rename(back.present, "Other")).future).toEqual([]);
});

test("travelling stops at either end", () => {
  expect(travel(both, -9).present).toBe(scoring);
  expect(travel(travel(both, -9), 9).present).toBe(both.present);
});

test("hundreds of steps can be undone", () => {
  let history = startHistory(scoring);
  for (let step = 0; step < 300; step += 1) {
    history = record(history, addNode(history.present, waiting));
  }
  expect(travel(history, -300).present).toBe(scoring);
});

test("undo leaves alone what others did meanwhile", () => {
  const theirs = setSettings(both.present, { re_entry: false }).document;
  const undone = travel(rebase(both, theirs), -2);
  expect(undone.present.nodes).toEqual(scoring.nodes);
  expect([undone.present.name, undone.present.settings.re_entry]).toEqual([scoring.name, false]);
  expect(travel(undone, 2).present).toEqual(theirs);
});
