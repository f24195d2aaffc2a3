import { ReactFlowProvider } from "@xyflow/react";
import { renderHook } from "@testing-library/react";
import type { PropsWithChildren } from "react";
import { afterEach, expect, test } from "vitest";

import { EditorProvider, type EditorScope } from "@/canvas/state/EditorContext";
import { createEditor, goIntoSettings } from "@/canvas/state/store";
import { makeTools, makeVerbs } from "@/canvas/verbs";
import { catalog, scoring } from "@/flow/testing/scoring";

import { useShortcuts } from "./useShortcuts";

const t = ((key: string) => key) as unknown as Parameters<typeof makeTools>[2];

afterEach(() => {
  document.body.innerHTML = "";
});

/** The settings of a step are open and on their way; `press` tells whether the key was held back. */
function setUp() {
  const editor = createEditor(scoring, false);
  const tools = makeTools(editor, catalog, t);
  const scope = { automation: 1, editor, catalog, words: tools.words, verbs: makeVerbs(tools) } as unknown as EditorScope;
  renderHook(useShortcuts, {
    wrapper: ({ children }: PropsWithChildren) => (
      <ReactFlowProvider>
        <EditorProvider value={scope}>{children}</EditorProvider>
      </ReactFlowProvider>
    ),
  });
  document.body.innerHTML = '<div data-node="points"></div><button></button>';
  const [card, button] = document.body.children;
  editor.setState({ open: "points", selected: ["points"], intoSettings: true });
  const press = (key: string, init: KeyboardEventInit = {}, target = card) => {
    const event = new KeyboardEvent("keydown", { key, bubbles: true, cancelable: true, ...init });
    target?.dispatchEvent(event);
    return event.defaultPrevented;
  };
  return { editor, press, button };
}

test("what is typed into settings that are on their way is held back, and does nothing on the canvas", () => {
  const { editor, press } = setUp();
  const before = editor.getState();
  const held = ["x", "7", " ", "t", "Delete", "Enter", "ArrowDown"].map((key) => press(key));
  expect(held).not.toContain(false);
  expect(press("z", { ctrlKey: true })).toBe(true);
  expect(editor.getState()).toEqual(before);
});

test("meanwhile the browser keeps its own keys", () => {
  const { editor, press, button } = setUp();
  const before = editor.getState();
  const held = ["Tab", "F2", "F5", "F12", "PageDown", "Control"].map((key) => press(key));
  expect(held).not.toContain(true);
  expect(press("Tab", { shiftKey: true })).toBe(false);
  expect(press("r", { ctrlKey: true })).toBe(false);
  expect(press("ArrowLeft", { altKey: true })).toBe(false);
  expect(press("Enter", {}, button)).toBe(false);
  expect(editor.getState()).toEqual(before);
});

test("a rehearsal stands before the settings: the keys are the canvas's", () => {
  const { editor, press } = setUp();
  editor.setState({ panel: "rehearse" });
  press("ArrowDown");
  expect(editor.getState().selected).toEqual(["hot"]);
  goIntoSettings(editor);
  expect(editor.getState().intoSettings).toBe(false);
});

test("a dialog holds every key, from before it is drawn until it is gone", () => {
  const { editor, press } = setUp();
  editor.setState({ intoSettings: false, wish: { go: () => undefined } });
  const before = editor.getState();
  press("Delete");
  editor.setState({ wish: null });
  document.body.insertAdjacentHTML("beforeend", '<section role="dialog" aria-modal="true"><button data-main></button></section>');
  let answers = 0;
  document.querySelector("[data-main]")?.addEventListener("click", () => (answers += 1));
  for (const key of ["Delete", "o", "Escape"]) press(key);
  press("Enter", { ctrlKey: true });
  expect([editor.getState(), answers]).toEqual([{ ...before, wish: null }, 1]);
  document.querySelector("[role=dialog]")?.remove();
  press("Delete");
  expect(editor.getState().history.present.nodes.some(({ id }) => id === "points")).toBe(false);
});
