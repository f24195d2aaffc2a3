import { notifications } from "@mantine/notifications";
import { afterEach, expect, test, vi } from "vitest";

import { createEditor, guard, openStep } from "@/canvas/state/store";
import { edgeAt, nodeById } from "@/flow/graph";
import { catalog, scoring } from "@/flow/testing/scoring";

import { makeTools, makeVerbs } from ".";

const t = ((key: string) => key) as unknown as Parameters<typeof makeTools>[2];
const hot = { from: "points", port: "next", to: "hot" };
const show = vi.spyOn(notifications, "show").mockReturnValue("1");
afterEach(() => show.mockClear());

function setUp() {
  const editor = createEditor(scoring, false);
  const verbs = makeVerbs(makeTools(editor, catalog, t));
  return { editor, verbs, present: () => editor.getState().history.present };
}

test("a new step is selected and its settings open", () => {
  const { editor, verbs } = setUp();
  verbs.place("send_alert", { kind: "end", exit: { from: "hot", port: "no" } });
  expect(editor.getState().open).toBe("send_alert");
  expect(editor.getState().selected).toEqual(["send_alert"]);
});

test("copies are no more at fault than new steps, until somebody leaves their settings", () => {
  const { editor, verbs } = setUp();
  verbs.duplicate(["points", "hot"]);
  const [one = "", other = ""] = editor.getState().selected;
  expect(editor.getState().fresh).toEqual(new Set([one, other]));
  openStep(editor, one);
  verbs.place("send_alert", { kind: "end", exit: { from: "hot", port: "no" } });
  expect(editor.getState().fresh).toEqual(new Set([one, other, "send_alert"]));
  openStep(editor, one);
  openStep(editor, null);
  expect(editor.getState().fresh).toEqual(new Set([other]));
});

test("a split put into an edge first asks which branch takes the rest", () => {
  const { editor, verbs, present } = setUp();
  verbs.place("conditional_split", { kind: "edge", edge: hot });
  expect(present()).toBe(scoring);
  expect(editor.getState().splitting).toEqual({ type: "conditional_split", edge: hot });
  verbs.insert("conditional_split", hot, "no");
  expect(edgeAt(present(), { from: "conditional_split", port: "no" })?.to).toBe("hot");
});

test("while settings are not applied, a new step waits for the answer", () => {
  const { editor, verbs, present } = setUp();
  editor.setState({ open: "points", draft: { node: "points", config: {} } });
  verbs.place("send_alert", { kind: "end", exit: { from: "hot", port: "no" } });
  expect(present()).toBe(scoring);
  editor.setState({ draft: null });
  editor.getState().wish?.go();
  expect(nodeById(present(), "send_alert")).toBeDefined();
});

test("a step added after another goes to its first open end, else into its edge", () => {
  const { verbs } = setUp();
  expect(verbs.spotAfter("hot")).toEqual({ kind: "end", exit: { from: "hot", port: "no" } });
  expect(verbs.spotAfter("points")).toEqual({ kind: "edge", edge: hot });
  expect(verbs.spotAfter(null)).toEqual({ kind: "free" });
});

test("a line that may not be drawn is refused with the reason", () => {
  const { verbs, present } = setUp();
  verbs.draw({ from: "alert", port: "next", to: "points" });
  expect(present()).toBe(scoring);
  expect(show).toHaveBeenCalledWith(expect.objectContaining({ message: "refusal.cycle" }));
});

test("removing the open step closes its settings; undo brings the step back", () => {
  const { editor, verbs, present } = setUp();
  editor.setState({ open: "hot", draft: { node: "hot", config: {} } });
  verbs.remove(["hot"]);
  expect(editor.getState()).toMatchObject({ open: null, draft: null });
  expect(edgeAt(present(), hot)?.to).toBe("assign");
});

test("copied text comes back as new steps, other text is left alone", () => {
  const { verbs, present } = setUp();
  expect(verbs.paste("hello", [0, 0])).toBe(false);
  expect(verbs.paste(verbs.copyText(["points"]) ?? "", [0, 0])).toBe(true);
  expect(present().nodes).toHaveLength(scoring.nodes.length + 1);
});

test("what is guarded happens at once when everything is applied", () => {
  const { editor } = setUp();
  const wish = vi.fn();
  guard(editor, wish);
  expect(wish).toHaveBeenCalledOnce();
});

test("a step where contacts stand is deleted only once that was asked", () => {
  const { editor, verbs, present } = setUp();
  editor.setState({ waiting: { hot: 3 } });
  verbs.remove(["hot"]);
  expect(present()).toBe(scoring);
  expect(editor.getState().removing).toEqual({ ids: ["hot"], join: "clear", name: "remove" });
  verbs.removeAsked();
  expect(nodeById(present(), "hot")).toBeUndefined();
});

test("so is a step that is cut, and undo still names it so", () => {
  const { editor, verbs, present } = setUp();
  editor.setState({ waiting: { hot: 3 } });
  verbs.cut(["hot"]);
  expect(present()).toBe(scoring);
  verbs.removeAsked();
  expect(nodeById(present(), "hot")).toBeUndefined();
  verbs.cut(["assign"]);
  expect(nodeById(present(), "assign")).toBeUndefined();
  expect(editor.getState().history.past.map((entry) => entry.name)).toEqual(["cut", "cut"]);
});

test("a way out waits for the step it shall lead to, also when it leads somewhere already", () => {
  const { editor, verbs, present } = setUp();
  expect(verbs.finishConnecting("alert")).toBe(false);
  verbs.beginConnecting({ from: "hot", port: "yes" });
  expect(verbs.finishConnecting("alert")).toBe(true);
  expect(edgeAt(present(), { from: "hot", port: "yes" })?.to).toBe("alert");
  expect(editor.getState().connecting).toBeNull();
});

test("what leads to a step, follows from it, or hangs together with it is selected", () => {
  const { editor, verbs } = setUp();
  const selected = () => editor.getState().selected;
  verbs.selectReach("points", "up");
  expect(selected()).toEqual(["opened", "pushed", "points"]);
  verbs.selectReach("hot", "down");
  expect(selected()).toEqual(["hot", "assign", "alert"]);
  verbs.selectReach("hot", "connected");
  expect(selected()).toHaveLength(6);
});

test("several steps move together, as one step of the history", () => {
  const { editor, verbs, present } = setUp();
  verbs.beginMoving(["assign", "alert"]);
  verbs.finishMoving([1000, 0]);
  const { assign, alert } = present().layout;
  expect(assign).toEqual([1000, 0]);
  expect(alert?.[0]).toBe(1000);
  expect(editor.getState().history.past.map((entry) => entry.name)).toEqual(["move"]);
});

test("undoing says what was undone", () => {
  const { editor, verbs, present } = setUp();
  verbs.swap("hot", "yes", "no");
  verbs.travel(-1);
  expect(present()).toBe(scoring);
  expect(editor.getState().said).toBe("said.undone");
});
