/** Putting steps under a name, and folding them away. */

import { apply, guard, openStep, say, select } from "@/canvas/state/store";
import { placeBelow } from "@/canvas/state/places";
import { toastRefusal } from "@/canvas/toasts";
import { fold, groupNodes, renameGroup, ungroup } from "@/flow/commands";
import { firstOf, isCollapsed, shownAs, wholeOf } from "@/flow/drawn";
import { groupById, groupMadeOf, groupOf, type GroupRefusal, groupsOf, refusalToGroup } from "@/flow/groups";

import type { Tools } from "./tools";

export function makeGrouping(tools: Tools) {
  const { editor, t, present, drawn } = tools;

  /** Show groups collapsed or open: in the draft for everybody, where nothing can be changed for who looks alone. */
  const show = (ids: readonly string[], collapsed: boolean, done: () => void): void =>
    guard(editor, () => {
      const { looks, readOnly } = editor.getState();
      const left = Object.entries(looks).filter(([id]) => !ids.includes(id));
      const here = readOnly ? ids.map((id) => [id, collapsed] as const) : [];
      editor.setState({ looks: Object.fromEntries([...left, ...here]), open: null, draft: null });
      if (!readOnly) apply(editor, fold(present(), ids, collapsed));
      else editor.setState((state) => ({ selected: wholeOf(present(), state.looks, state.selected) }));
      done();
    });

  const foldGroup = (id: string, collapsed: boolean): void => {
    const group = groupById(present(), id);
    if (!group) return;
    show([id], collapsed, () => {
      const first = firstOf(present(), group);
      select(editor, collapsed ? group.nodes : [first], shownAs(drawn(), first));
      say(editor, t(collapsed ? "said.collapsed" : "said.expanded", { name: group.name }));
    });
  };

  const beginRenaming = (id: string): void => {
    const group = groupById(present(), id);
    const shown = group && shownAs(drawn(), firstOf(present(), group));
    if (group) editor.setState({ naming: { ids: group.nodes, group: id, name: group.name, at: placeBelow(shown ?? null) } });
  };

  return {
    fold: foldGroup,
    beginRenaming,
    /** Ask for the name of a group of these steps, or say why they may be none; steps that join one need no name. */
    beginGrouping: (ids: readonly string[]): void => {
      const refusal = refusalToGroup(present(), ids);
      const joined = ids.map((id) => groupOf(present(), id)).find((group) => group !== undefined);
      if (refusal) toastRefusal(refusalWords(tools, refusal));
      else if (joined) grouped(tools, ids, joined.name);
      else {
        const name = t("group.default", { number: groupsOf(present()).length + 1 });
        editor.setState({ naming: { ids, group: null, name, at: placeBelow(shownAs(drawn(), ids[0] ?? "")) } });
      }
    },
    /** That is the name. */
    finishNaming: (name: string): void => {
      const { naming } = editor.getState();
      editor.setState({ naming: null });
      if (!naming || name.trim() === "") return;
      if (naming.group === null) {
        grouped(tools, naming.ids, name);
        return;
      }
      const edit = renameGroup(present(), naming.group, name);
      const group = groupById(present(), naming.group);
      if (!edit || !group) return;
      apply(editor, edit);
      editor.setState({ focus: shownAs(drawn(), firstOf(present(), group)) });
      say(editor, t("said.named", { name: name.trim() }));
    },
    /** Take steps out of their groups; with all of them, the group is gone. */
    ungroup: (ids: readonly string[]): void => {
      const inside = ids.filter((id) => groupOf(present(), id));
      const [first] = inside;
      if (first === undefined) return;
      apply(editor, ungroup(present(), inside));
      select(editor, inside, first);
      say(editor, t("said.ungrouped", { count: inside.length }));
    },
    /** The id that a step is drawn under: see `Drawn`. */
    shownAs: (id: string): string => shownAs(drawn(), id),
    /** Collapse the group that a step is in, or open the one that a card stands for. */
    foldAt: (id: string): void => {
      const card = drawn().cards.get(id);
      const group = card ?? groupOf(present(), id);
      if (group) foldGroup(group.id, !card);
    },
    /** Collapse all groups, or open all where none is open. */
    foldAll: (): void => {
      const groups = groupsOf(present());
      const collapsed = groups.some((group) => !isCollapsed(group, editor.getState().looks));
      if (groups.length === 0) return;
      show(groups.map((group) => group.id), collapsed, () => {
        const [first] = editor.getState().selected;
        if (first !== undefined) editor.setState({ focus: shownAs(drawn(), first) });
        say(editor, t(collapsed ? "said.collapsed_all" : "said.expanded_all"));
      });
    },
    /** Open the settings of a step, or the group that a card stands for. */
    enter: (id: string): void => {
      const group = drawn().cards.get(id);
      if (group) foldGroup(group.id, false);
      else openStep(editor, id);
    },
    /** Rename the group that is selected as a whole; false when none is. */
    renameSelected: (): boolean => {
      const { selected, readOnly } = editor.getState();
      const group = groupMadeOf(present(), selected);
      if (readOnly || !group) return false;
      beginRenaming(group.id);
      return true;
    },
  };
}

function grouped({ editor, t, present, drawn }: Tools, ids: readonly string[], name: string): void {
  const edit = groupNodes(present(), ids, name);
  const [first] = ids;
  if (!edit || first === undefined) return;
  apply(editor, edit);
  const group = groupOf(present(), first);
  if (!group) return;
  editor.setState({ selected: group.nodes, edge: null, gathering: false, focus: shownAs(drawn(), firstOf(present(), group)) });
  say(editor, t("said.grouped", { count: group.nodes.length, name: group.name }));
}

function refusalWords({ t, words }: Tools, refusal: GroupRefusal): string {
  if (refusal.reason !== "between") return t(`group.refusal.${refusal.reason}`);
  return t("group.refusal.between", { steps: refusal.steps.map(words.step).join(", ") });
}
