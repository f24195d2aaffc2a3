/** Changing what is there: removing, moving, copying, naming. */

import { focusCanvas } from "@/canvas/state/places";
import { apply, putIn, type Removal, say, select } from "@/canvas/state/store";
import * as commands from "@/flow/commands";
import type { AutomationDocument, Exit, Position, Settings } from "@/flow/document";
import { shownAs } from "@/flow/drawn";
import { neighbourOf } from "@/flow/walk";
import { toastDone } from "@/ui/feedback/toast";

import type { Tools } from "./tools";
import { undoFromHere } from "./undoing";

export function makeEditing(tools: Tools) {
  const { catalog, editor, t, words, present } = tools;
  return {
    /** Remove steps at once, or, while contacts stand there, once the user has seen how many and what that means. */
    remove: (ids: readonly string[], join: commands.Join = "clear"): void => ask(tools, { ids, join, name: "remove" }),
    /** The same for steps whose text is on the clipboard. */
    cut: (ids: readonly string[]): void => ask(tools, { ids, join: "clear", name: "cut" }),
    /** Remove what was asked about. */
    removeAsked: (): void => {
      const { removing } = editor.getState();
      editor.setState({ removing: null });
      if (removing) take(tools, removing);
    },
    rename: (name: string): void => apply(editor, commands.rename(present(), name)),
    settings: (patch: Settings): void => apply(editor, commands.setSettings(present(), patch)),
    /** Begin with what a template holds. */
    fill: (template: AutomationDocument): void => {
      apply(editor, commands.fillFrom(present(), template));
      say(editor, t("said.pasted", { count: template.nodes.length }));
    },
    /** Copy the steps that a way out leads to, and lead the next open way out to the copies. */
    duplicateBranch: (exit: Exit): void => {
      const edit = commands.duplicateBranch(present(), catalog, exit);
      if (edit) copied(tools, edit);
    },
    /** Lead two ways out of a step where the other led. */
    swap: (id: string, one: string, other: string): void => {
      const edit = commands.swapBranches(present(), id, one, other);
      if (!edit) return;
      apply(editor, edit);
      say(editor, t("said.swapped", { one: words.port({ from: id, port: one }), other: words.port({ from: id, port: other }) }));
    },
    duplicate: (ids: readonly string[]): void => {
      if (ids.length > 0) copied(tools, commands.duplicate(present(), catalog, ids, editor.getState().looks));
    },
    /** The steps as text for the clipboard; null when there is nothing to copy. */
    copyText: (ids: readonly string[]): string | null =>
      ids.length > 0 ? commands.fragmentText(commands.fragmentOf(present(), catalog, ids)) : null,
    /** Put copied steps in; false when the text is something else. */
    paste: (text: string, at: Position): boolean => {
      const fragment = commands.parseFragment(text);
      if (fragment) copied(tools, commands.paste(present(), catalog, fragment, at, editor.getState().looks));
      return fragment !== null;
    },
  };
}

function ask(tools: Tools, removal: Removal): void {
  const { waiting } = tools.editor.getState();
  if (removal.ids.some((id) => (waiting[id] ?? 0) > 0)) tools.editor.setState({ removing: removal });
  else if (removal.ids.length > 0) take(tools, removal);
}

function take(tools: Tools, { ids, join, name }: Removal): void {
  if (name === "cut") leaving(tools, ids, commands.cut(tools.present(), tools.catalog, ids));
  else remove(tools, ids, join);
}

/** Take steps away, and go on with the keyboard beside them. */
function leaving({ editor, present, drawn }: Tools, ids: readonly string[], edit: commands.Edit): void {
  const next = neighbourOf(present(), ids);
  apply(editor, edit);
  if (next === null) focusCanvas();
  else editor.setState({ focus: shownAs(drawn(), next) });
}

function remove(tools: Tools, ids: readonly string[], join: commands.Join): void {
  const { catalog, editor, t, words, present } = tools;
  const [first = ""] = ids;
  const what =
    ids.length === 1 ? t("toast.removed_step", { step: words.step(first) }) : t("toast.removed", { count: ids.length });
  const cut = commands.cutOff(present(), catalog, ids, join).length;
  const also = cut > 0 ? ` ${t("toast.cut_off", { count: cut })}` : "";
  leaving(tools, ids, commands.removeNodes(present(), catalog, ids, join));
  toastDone({ message: what + also, undo: undoFromHere(editor) });
}

function copied({ editor, t, drawn }: Tools, edit: commands.Edit): void {
  apply(editor, edit);
  putIn(editor, edit.touched);
  const [first] = edit.touched;
  select(editor, edit.touched, first === undefined ? null : shownAs(drawn(), first));
  say(editor, t("said.pasted", { count: edit.touched.length }));
}
