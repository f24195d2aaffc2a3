/** Where on the screen something opens. */

import type { Position } from "@/flow/document";

import type { Editor, Spot } from "./store";

/** Below the step's card or row, else in the upper middle of the canvas. */
export function placeBelow(id: string | null): Position {
  const shown = id === null ? [] : [...document.querySelectorAll<HTMLElement>(`[data-node="${CSS.escape(id)}"]`)];
  const card = shown.find((each) => each === document.activeElement) ?? shown[0];
  if (card) {
    const { left, bottom } = card.getBoundingClientRect();
    return [left, bottom + 8];
  }
  const board = document.querySelector(".react-flow")?.getBoundingClientRect();
  return board ? [board.left + board.width / 2 - 150, board.top + 80] : [0, 0];
}

/** Open the list of steps that may stand at the spot, below a step. */
export function openPickerAt(editor: Editor, spot: Spot, id: string | null): void {
  editor.setState({ picker: { spot, at: placeBelow(id) } });
}

/** Give the keyboard to the canvas itself, where no step is meant. */
export function focusCanvas(): void {
  document.querySelector<HTMLElement>(".react-flow")?.focus({ preventScroll: true });
}
