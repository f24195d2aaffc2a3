/** What the editor's keys do. Each action says whether it took the key. */

import type { ReactFlowInstance } from "@xyflow/react";

import type { EditorScope } from "@/canvas/state/EditorContext";
import { go, guard, openStep, select } from "@/canvas/state/store";
import { edgeKey } from "@/flow/document";
import { type Direction, stepFrom } from "@/flow/walk";

import { stepOf } from "./targets";

type Action = (event: KeyboardEvent) => boolean;

export interface Keymap {
  readonly plain: Readonly<Record<string, Action>>;
  readonly control: Readonly<Record<string, Action>>;
  readonly escape: () => boolean;
  readonly openPicker: Action;
  readonly edit: (id: string) => boolean;
}

interface Scope extends EditorScope {
  readonly flow: ReactFlowInstance;
}

export function makeKeymap({ catalog, editor, verbs, flow }: Scope): Keymap {
  const state = editor.getState;
  const present = () => state().history.present;
  const mayEdit = (action: () => void) => () => {
    if (state().readOnly) return false;
    action();
    return true;
  };
  const always = (action: () => unknown) => () => {
    void action();
    return true;
  };

  const current = (event: KeyboardEvent) => stepOf(event.target) ?? state().selected[0] ?? null;

  const walk = (direction: Direction): Action => (event) => {
    const next = stepFrom(present(), catalog, current(event), direction);
    if (next !== null) select(editor, [next], next);
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
    editor.setState({ picker: { spot: verbs.spotAfter(id), at: below(id) } });
    return true;
  };

  return {
    openPicker,
    escape: always(() => letGo(editor)),
    edit: (id) => {
      openStep(editor, id);
      requestAnimationFrame(focusSettings);
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
      F2: always(() => document.querySelector<HTMLElement>("[data-rename]")?.click()),
      "?": always(() => editor.setState({ panel: "shortcuts" })),
      "0": always(() => flow.zoomTo(1, { duration: 120 })),
      "1": always(() => flow.fitView({ padding: 0.2, maxZoom: 1, duration: 200 })),
      "+": always(() => flow.zoomIn({ duration: 120 })),
      "=": always(() => flow.zoomIn({ duration: 120 })),
      "-": always(() => flow.zoomOut({ duration: 120 })),
    },
    control: {
      z: (event) => mayEdit(() => go(editor, event.shiftKey ? 1 : -1))(),
      y: mayEdit(() => go(editor, 1)),
      d: mayEdit(() => verbs.duplicate(state().selected)),
      a: always(() => select(editor, present().nodes.map((node) => node.id))),
      Backspace: remove("first"),
    },
  };
}

/** Esc lets go of the last thing taken up: a held step, the open settings, the selection. */
function letGo(editor: EditorScope["editor"]): void {
  const { holding, connecting, open } = editor.getState();
  if (holding || connecting) {
    editor.setState({ holding: null, connecting: null });
  } else if (open === null) {
    select(editor, []);
  } else {
    guard(editor, () => {
      openStep(editor, null);
      editor.setState({ focus: open });
    });
  }
}

/** Where the picker opens: below the step's card, else in the upper middle of the canvas. */
function below(id: string | null): readonly [number, number] {
  const card = id === null ? null : document.querySelector(`[data-node="${CSS.escape(id)}"]`);
  if (card) {
    const { left, bottom } = card.getBoundingClientRect();
    return [left, bottom + 8];
  }
  const board = document.querySelector(".react-flow")?.getBoundingClientRect();
  return board ? [board.left + board.width / 2 - 150, board.top + 80] : [0, 0];
}

function focusSettings(): void {
  document.querySelector<HTMLElement>("[data-settings] :is(input, textarea, button:not([data-close]))")?.focus();
}
