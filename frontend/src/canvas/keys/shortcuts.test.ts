import { expect, test } from "vitest";

import { createEditor } from "@/canvas/state/store";
import { scoring } from "@/flow/testing/scoring";

import { makeKeymap } from "./keymap";
import { shortcuts } from "./shortcuts";

const caps: Readonly<Record<string, string>> = {
  ArrowUp: "↑",
  ArrowDown: "↓",
  ArrowLeft: "←",
  ArrowRight: "→",
  Delete: "Del",
  Backspace: "⌫",
  ContextMenu: "Menu",
  "-": "−",
  "=": "+", // one key on many keyboards, with Shift and without
};
// Those that Shift turns into another act do two things.
const shiftedToo = ["z", "g"];
// What steps, settings, the clipboard, the mouse and fields make of a key does not stand in the map.
const beyondTheMap = ["Enter", "Ctrl Enter", "Tab", "Esc", "Ctrl C", "Ctrl X", "Ctrl V", "Shift", "␣"];

const capOf = (key: string) => caps[key] ?? key.toUpperCase();

function capsOfMap(): Set<string> {
  const keys = makeKeymap({ editor: createEditor(scoring, false) } as unknown as Parameters<typeof makeKeymap>[0]);
  return new Set([
    ...Object.keys(keys.plain).map(capOf),
    ...Object.keys(keys.control).map((key) => `Ctrl ${capOf(key)}`),
    ...shiftedToo.map((key) => `Ctrl Shift ${capOf(key)}`),
    ...Object.keys(keys.shift).map((key) => `Shift ${capOf(key)}`),
    ...Object.keys(keys.selecting).map((key) => `Alt S ${capOf(key)}`),
  ]);
}

test("the list of keys names each key that does something, and no other", () => {
  const listed = shortcuts.flatMap(([, keys]) => (keys[0] === "Alt S" ? [keys.join(" ")] : [...keys]));
  expect(new Set(listed).size).toBe(listed.length);
  expect(listed.toSorted()).toEqual([...capsOfMap(), ...beyondTheMap].toSorted());
});
