/** What the editor's keys do. Each action says whether it took the key. */

import type { ReactFlowInstance } from "@xyflow/react";

import { fitAll, fitSteps } from "@/canvas/board/distance";
import { zoomBy, zoomToFull } from "@/canvas/board/zooming";
import type { EditorScope } from "@/canvas/state/EditorContext";
import { openPickerAt, placeBelow } from "@/canvas/state/places";
import { goIntoSettings, guard, openStep, select } from "@/canvas/state/store";
import type { Reach } from "@/canvas/verbs";
import { edgeKey } from "@/flow/document";
import { drawnOf, stepsOf } from "@/flow/drawn";
import { edgeAt, nodeById } from "@/flow/graph";
import { GRID } from "@/flow/layout";
import { outlineOf, stepBeside } from "@/flow/outline";
import { type Direction, stepFrom } from "@/flow/walk";
import { typedOption } from "@/ui/fields/typedOption";

import { openGroupOf, stepOf } from "./targets";

type Action = (event: KeyboardEvent) => boolean;

export interface Keymap {
  readonly plain: Readonly<Record<string, Action>>;
  readonly control: Readonly<Record<string, Action>>;
  /** Keys held with Shift. */
  readonly shift: Readonly<Record<string, Action>>;
  /** The key that follows Alt+S. */
  readonly selecting: Readonly<Record<string, Action>>;
  readonly escape: () => boolean;
  /** Applies the open settings, wherever in them the focus is; on the card of another step they are not meant. */
  readonly apply: Action;
  /** The step whose card has the focus, or is about to have it. */
  readonly focused: (event: KeyboardEvent) => string | null;
  readonly openPicker: Action;
  readonly edit: (id: string) => boolean;
}

interface Scope extends EditorScope {
  readonly flow: ReactFlowInstance;
}

export function makeKeymap({ catalog, editor, verbs, flow }: Scope): Keymap {
  const state = editor.getState;
  const present = () => state().history.present;
  const drawn = () => drawnOf(present(), catalog, state().looks);
  const mayEdit = (action: () => void) => () => {
    if (state().readOnly) return false;
    action();
    return true;
  };
  const always = (action: () => unknown) => () => {
    void action();
    return true;
  };

  // The card that the last key led to gets the focus a frame later; a quick hand's next key is meant for it already.
  const focused = (event: KeyboardEvent) => state().focus ?? stepOf(event.target);
  const current = (event: KeyboardEvent) => {
    const [first] = state().selected;
    return focused(event) ?? (first === undefined ? null : verbs.shownAs(first));
  };

  const walk = (direction: Direction): Action => (event) => {
    const from = current(event);
    const upright = direction === "next" ? 1 : -1;
    const listed = state().home === "outline" && from !== null && (direction === "next" || direction === "back");
    const next = listed
      ? stepBeside(outlineOf(drawn().document, drawn().catalog), from, upright)
      : stepFrom(drawn().document, drawn().catalog, from, direction);
    if (next !== null) select(editor, stepsOf(drawn(), next), next);
    return true;
  };

  const nudge = (x: number, y: number) =>
    mayEdit(() => verbs.nudge(state().selected, [x * GRID, y * GRID]));

  const reach = (how: Reach): Action => (event) => {
    const from = current(event);
    if (from !== null) verbs.selectReach(from, how);
    return true;
  };

  const remove = (join: "clear" | "first") =>
    mayEdit(() => {
      const marked = present().edges.find((edge) => edgeKey(edge) === state().edge);
      if (marked) verbs.disconnect(marked);
      else verbs.remove(state().selected, join);
    });

  const openPicker: Action = (event) => {
    if (state().readOnly) return false;
    const id = current(event);
    // After a group stands what its last line leads to: there is no one place.
    if (id !== null && drawn().cards.has(id)) return false;
    openPickerAt(editor, verbs.spotAfter(id), id);
    return true;
  };

  const openMenu: Action = (event) => {
    const id = current(event);
    editor.setState({ menu: { node: id, at: placeBelow(id) } });
    return true;
  };

  const connect: Action = (event) => {
    const node = nodeById(present(), current(event) ?? "");
    const exits = node ? verbs.exitsOf(node).map(({ exit }) => exit) : [];
    const exit = exits.find((each) => !edgeAt(present(), each)) ?? exits[0];
    if (state().readOnly || !exit) return false;
    verbs.beginConnecting(exit);
    return true;
  };

  return {
    focused,
    openPicker,
    escape: always(() => letGo(editor)),
    apply: (event) => {
      const button = document.querySelector<HTMLElement>("[data-settings] [data-apply]");
      const step = focused(event);
      if (!button || (step !== null && step !== state().open)) return false;
      typedOption(event.target)?.click();
      // What is typed into a field may count only once the field is left.
      button.focus();
      queueMicrotask(() => button.click());
      return true;
    },
    edit: (id) => {
      if (verbs.finishConnecting(id)) return true;
      const opened = drawn().cards.has(id);
      verbs.enter(id);
      if (!opened && state().open === id) goIntoSettings(editor);
      return true;
    },
    plain: {
      ArrowDown: walk("next"),
      ArrowUp: walk("back"),
      ArrowLeft: walk("left"),
      ArrowRight: walk("right"),
      "/": openPicker,
      Delete: remove("clear"),
      Backspace: remove("clear"),
      F2: always(() => verbs.renameSelected() || document.querySelector<HTMLElement>("[data-rename]")?.click()),
      g: (event) => {
        const open = state().focus === null ? openGroupOf(event.target) : null;
        if (open !== null) verbs.fold(open, true);
        if (open !== null) return true;
        const id = current(event);
        if (id !== null) verbs.foldAt(id);
        return id !== null;
      },
      c: connect,
      t: mayEdit(() => verbs.tidy()),
      n: mayEdit(() => openPickerAt(editor, { kind: "free" }, null)),
      p: always(() => document.querySelector<HTMLElement>("[data-activate]")?.click()),
      o: always(() => document.querySelector<HTMLElement>("[data-outline-switch]")?.click()),
      ContextMenu: openMenu,
      "?": always(() => editor.setState({ panel: "shortcuts" })),
      "0": always(() => zoomToFull(flow)),
      "1": always(() => fitAll(flow)),
      "2": always(() => fitSteps(flow, state().selected.map(verbs.shownAs))),
      "+": always(() => zoomBy(flow, 1)),
      "=": always(() => zoomBy(flow, 1)),
      "-": always(() => zoomBy(flow, -1)),
    },
    control: {
      z: (event) => mayEdit(() => verbs.travel(event.shiftKey ? 1 : -1))(),
      y: mayEdit(() => verbs.travel(1)),
      d: mayEdit(() => verbs.duplicate(state().selected)),
      a: always(() => verbs.selectAll()),
      f: always(() => editor.setState({ panel: "find" })),
      g: (event) => mayEdit(() => (event.shiftKey ? verbs.ungroup : verbs.beginGrouping)(state().selected))(),
      Backspace: remove("first"),
    },
    shift: {
      ArrowUp: nudge(0, -1),
      ArrowDown: nudge(0, 1),
      ArrowLeft: nudge(-1, 0),
      ArrowRight: nudge(1, 0),
      F10: openMenu,
      g: always(() => verbs.foldAll()),
    },
    selecting: { u: reach("up"), d: reach("down"), c: reach("connected") },
  };
}

/** Esc lets go of the last thing taken up: a held step, the open settings, the selection. */
function letGo(editor: EditorScope["editor"]): void {
  const { holding, connecting, moving, gathering, open } = editor.getState();
  if (holding || connecting || moving || gathering) {
    editor.setState({ holding: null, connecting: null, moving: null, gathering: false });
  } else if (open === null) {
    select(editor, []);
  } else {
    guard(editor, () => {
      openStep(editor, null);
      editor.setState({ focus: open });
    });
  }
}
