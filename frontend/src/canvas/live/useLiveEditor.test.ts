import { renderHook } from "@testing-library/react";
import { expect, test } from "vitest";

import { select } from "@/canvas/state/store";
import { placeNodes } from "@/flow/commands";
import type { AutomationDocument } from "@/flow/document";
import { scoring } from "@/flow/testing/scoring";

import { useLiveEditor } from "./useLiveEditor";

interface Given {
  readonly document: AutomationDocument | null;
  readonly version: number | null;
}

const show = (given: Given) =>
  renderHook(({ document, version }: Given) => useLiveEditor(document, version), { initialProps: given });

test("a step that a colleague moves leaves alone what is selected, open and unfolded", () => {
  const { result, rerender } = show({ document: scoring, version: 1 });
  const editor = result.current;
  if (editor) select(editor, ["points"]);
  editor?.setState({ open: "points", looks: { group: false } });
  const moved = placeNodes(scoring, { points: [500, 100] }).document;
  rerender({ document: moved, version: 1 });
  expect(result.current).toBe(editor);
  expect(editor?.getState()).toMatchObject({ selected: ["points"], open: "points", looks: { group: false }, readOnly: true });
  expect(editor?.getState().history).toMatchObject({ past: [], present: moved });
});

test("another version begins anew; what does not run has none", () => {
  const { result, rerender } = show({ document: scoring, version: 1 });
  const first = result.current;
  rerender({ document: scoring, version: 2 });
  expect(result.current).not.toBe(first);
  rerender({ document: null, version: null });
  expect(result.current).toBeNull();
});
