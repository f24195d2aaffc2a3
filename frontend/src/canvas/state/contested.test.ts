import { expect, test } from "vitest";

import { createEditor } from "@/canvas/state/store";
import type { JsonObject } from "@/flow/document";
import { nodeById } from "@/flow/graph";
import { scoring } from "@/flow/testing/scoring";

import { adopt } from "./adopt";
import { contestedOf, decided } from "./contested";

const START = { attribute: "SCORE", operation: "add", value: 5 };

const withConfig = (config: JsonObject) => ({
  ...scoring,
  nodes: scoring.nodes.map((node) => (node.id === "points" ? { ...node, config } : node)),
});

/** An open form in which `typed` stands, while others apply one after the other. */
function formBeside(typed: JsonObject, ...applied: readonly JsonObject[]) {
  const editor = createEditor(withConfig(START), false);
  editor.setState({ open: "points", draft: { node: "points", config: { ...START, ...typed } } });
  for (const each of applied) adopt(editor, withConfig({ ...START, ...each }));
  const { draft, history } = editor.getState();
  const node = nodeById(history.present, "points");
  if (!draft || !node) throw new Error("The step is gone.");
  return { draft, node, contested: contestedOf(draft, node) };
}

test("what both changed is contested, what only others changed comes in", () => {
  const { draft, contested } = formBeside({ value: 7 }, { value: 9, operation: "subtract" });
  expect(contested).toEqual(["value"]);
  expect(draft.config).toEqual({ ...START, value: 7, operation: "subtract" });
});

test("it stays contested while others go on, and is no more once they agree or went back", () => {
  expect(formBeside({ value: 7 }, { value: 9 }, { value: 11 }).contested).toEqual(["value"]);
  expect(formBeside({ value: 7 }, { value: 9 }, { value: 7 }).contested).toEqual([]);
  expect(formBeside({ value: 7 }, { value: 9 }, {}).contested).toEqual([]);
});

test("what is typed back to what it was would overwrite the others all the same", () => {
  const { draft, node } = formBeside({ value: 7 }, { value: 9 });
  expect(contestedOf({ ...draft, config: START }, node)).toEqual(["value"]);
});

test("once decided, either stays and nothing is asked; a later change of others is", () => {
  const { draft, node } = formBeside({ value: 7, attribute: "POINTS" }, { value: 9, attribute: "LEVEL" });
  const mine = decided(draft, node, ["value"], "mine");
  expect([mine.config["value"], contestedOf(mine, node)]).toEqual([7, ["attribute"]]);
  const theirs = decided(mine, node, ["attribute"], "theirs");
  expect([theirs.config["attribute"], contestedOf(theirs, node)]).toEqual(["LEVEL", []]);
  const editor = createEditor(withConfig(node.config), false);
  editor.setState({ open: "points", draft: theirs });
  adopt(editor, withConfig({ ...node.config, value: 12 }));
  const { draft: later, history } = editor.getState();
  expect(contestedOf(later, nodeById(history.present, "points"))).toEqual(["value"]);
});

test("where others remove the step, what was typed is kept; where nothing was, nothing is", () => {
  const removed = { ...scoring, nodes: scoring.nodes.filter(({ id }) => id !== "points") };
  const lostOf = (typed: JsonObject) => {
    const editor = createEditor(withConfig(START), false);
    editor.setState({ open: "points", draft: { node: "points", config: { ...START, ...typed } } });
    adopt(editor, removed);
    return editor.getState();
  };
  const { draft, lost, open } = lostOf({ value: 7 });
  expect([draft, open, lost?.node.config, lost?.draft.config]).toEqual([null, null, START, { ...START, value: 7 }]);
  expect(lostOf({}).lost).toBeNull();
});
