import { expect, test } from "vitest";

import { fold, groupNodes } from "@/flow/commands";
import type { AutomationDocument } from "@/flow/document";
import { groupsOf } from "@/flow/groups";
import { scoring } from "@/flow/testing/scoring";

import { adopt } from "./adopt";
import { apply, createEditor, go, mendStep, openStep, select } from "./store";

const open = groupNodes(scoring, ["points", "hot"], "Warm-up")?.document ?? scoring;
const folded = (document: AutomationDocument, collapsed: boolean) =>
  fold(document, groupsOf(document).map(({ id }) => id), collapsed);
const collapsed = folded(open, true).document;

test("undoing an expand leaves no hidden step selected alone", () => {
  const editor = createEditor(collapsed, false);
  apply(editor, folded(collapsed, false));
  select(editor, ["hot"]);
  expect(editor.getState().selected).toEqual(["hot"]);
  go(editor, -1);
  expect(new Set(editor.getState().selected)).toEqual(new Set(["points", "hot"]));
});

test("nor does a group that a colleague folds", () => {
  const editor = createEditor(open, false);
  select(editor, ["assign", "hot"]);
  adopt(editor, collapsed);
  expect(new Set(editor.getState().selected)).toEqual(new Set(["assign", "points", "hot"]));
});

test("nor a link to a step in a collapsed group; who looks into it selects that step alone", () => {
  const editor = createEditor(collapsed, true);
  select(editor, ["hot"]);
  expect(new Set(editor.getState().selected)).toEqual(new Set(["points", "hot"]));
  select(editor, ["hot"], "hot");
  expect(editor.getState().selected).toEqual(["hot"]);
});

test("who mends the open step is not asked about what is not applied there yet; who mends another one is", () => {
  const editor = createEditor(open, false);
  openStep(editor, "points");
  const draft = { node: "points", config: {} };
  editor.setState({ draft });
  mendStep(editor, "points");
  expect(editor.getState()).toMatchObject({ open: "points", draft, wish: null, intoSettings: true });
  mendStep(editor, "hot");
  expect(editor.getState().open).toBe("points");
  expect(editor.getState().wish).not.toBeNull();
});
