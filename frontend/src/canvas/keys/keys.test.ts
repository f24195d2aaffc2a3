import type { ReactFlowInstance } from "@xyflow/react";
import { expect, test } from "vitest";

import type { EditorScope } from "@/canvas/state/EditorContext";
import { createEditor } from "@/canvas/state/store";
import { makeTools, makeVerbs } from "@/canvas/verbs";
import { catalog, scoring } from "@/flow/testing/scoring";

import { makeKeymap } from "./keymap";
import { hasOpenList, isElsewhere, latin } from "./targets";

const t = ((key: string) => key) as unknown as Parameters<typeof makeTools>[2];
const press = (key: string, init: KeyboardEventInit = {}) => new KeyboardEvent("keydown", { key, ...init });

function setUp(readOnly = false) {
  const editor = createEditor(scoring, readOnly);
  const tools = makeTools(editor, catalog, t);
  const scope = { automation: 1, editor, catalog, words: tools.words, verbs: makeVerbs(tools) } as unknown as EditorScope;
  return { editor, keys: makeKeymap({ ...scope, flow: {} as ReactFlowInstance }) };
}

test("the arrows walk from the selected step", () => {
  const { editor, keys } = setUp();
  editor.setState({ selected: ["points"] });
  keys.plain["ArrowDown"]?.(press("ArrowDown"));
  expect(editor.getState()).toMatchObject({ selected: ["hot"], focus: "hot" });
});

test("a key that comes before the focus has moved on is meant for the step it moves to", () => {
  const { editor, keys } = setUp();
  document.body.innerHTML = '<div data-node="points"></div>';
  const card = document.querySelector("[data-node]");
  for (let time = 0; time < 2; time += 1) {
    card?.addEventListener("keydown", (event) => keys.plain["ArrowDown"]?.(event as KeyboardEvent), { once: true });
    card?.dispatchEvent(press("ArrowDown"));
  }
  expect(editor.getState().focus).toBe("assign");
});

test("deleting, undoing and redoing work by keys", () => {
  const { editor, keys } = setUp();
  const count = () => editor.getState().history.present.nodes.length;
  editor.setState({ selected: ["alert"] });
  keys.plain["Delete"]?.(press("Delete"));
  expect(count()).toBe(5);
  keys.control["z"]?.(press("z"));
  expect(count()).toBe(6);
  keys.control["z"]?.(press("z", { shiftKey: true }));
  expect(count()).toBe(5);
});

test("in the live look nothing can be changed by keys", () => {
  const { editor, keys } = setUp(true);
  editor.setState({ selected: ["alert"] });
  expect(keys.plain["Delete"]?.(press("Delete"))).toBe(false);
  expect(keys.openPicker(press("/"))).toBe(false);
  expect(editor.getState().history.present).toBe(scoring);
});

test("Esc closes the open settings, but asks while they are not applied", () => {
  const { editor, keys } = setUp();
  editor.setState({ open: "points", draft: { node: "points", config: {} } });
  keys.escape();
  expect(editor.getState().open).toBe("points");
  expect(editor.getState().wish).not.toBeNull();
});

test("keys typed into fields and dialogs are their own", () => {
  document.body.innerHTML = '<input id="field"><div role="dialog"><button id="inside"></button></div><button id="free">';
  const at = (id: string) => isElsewhere(document.querySelector(`#${id}`));
  expect([at("field"), at("inside"), at("free")]).toEqual([true, true, false]);
});

test("shortcuts are found by the key's place on a Russian keyboard", () => {
  expect(latin(press("я", { code: "KeyZ" }))).toBe("z");
});

test("keys group, fold and take apart what is selected; a collapsed group is entered by Enter", () => {
  const { editor, keys } = setUp();
  const groups = () => editor.getState().history.present.groups ?? [];
  editor.setState({ selected: ["points", "hot"], naming: null });
  keys.control["g"]?.(press("g"));
  expect(editor.getState().naming).toMatchObject({ ids: ["points", "hot"], group: null });
  editor.setState({ history: { ...editor.getState().history, present: { ...scoring, groups: [{ id: "a", name: "A", nodes: ["points", "hot"], collapsed: false }] } } });
  keys.plain["g"]?.(press("g"));
  expect(groups()[0]?.collapsed).toBe(true);
  expect(editor.getState().focus).toBe("points/a");
  keys.plain["ArrowDown"]?.(press("ArrowDown"));
  expect(editor.getState().selected).toEqual(["assign"]);
  keys.edit("points/a");
  expect(groups()[0]?.collapsed).toBe(false);
  editor.setState({ selected: ["points", "hot"] });
  keys.control["g"]?.(press("g", { shiftKey: true }));
  expect(groups()).toEqual([]);
});

test("where nothing can be changed, groups open for who looks, and the document stays", () => {
  const { editor, keys } = setUp(true);
  const grouped = { ...scoring, groups: [{ id: "a", name: "A", nodes: ["points", "hot"], collapsed: true }] };
  editor.setState({ history: { ...editor.getState().history, present: grouped } });
  keys.edit("points/a");
  expect(editor.getState()).toMatchObject({ looks: { a: false }, focus: "points" });
  expect(editor.getState().history.present).toBe(grouped);
});

test("on the row of an open group, G folds that one, and Esc is not its own", () => {
  const { editor, keys } = setUp();
  const groups = [["a", "points", "hot"], ["b", "assign", "alert"]].map(([id = "", ...nodes]) => ({ id, name: id, nodes, collapsed: false }));
  editor.setState({ selected: ["points"], history: { ...editor.getState().history, present: { ...scoring, groups } } });
  document.body.innerHTML = '<button data-group="b" aria-expanded="true"></button><button aria-expanded="true"></button>';
  const [row = null, list = null] = document.querySelectorAll("button");
  row?.addEventListener("keydown", (event) => keys.plain["g"]?.(event));
  row?.dispatchEvent(press("g"));
  expect(editor.getState().history.present.groups?.map(({ collapsed }) => collapsed)).toEqual([false, true]);
  expect([hasOpenList(row), hasOpenList(list)]).toEqual([false, true]);
});
