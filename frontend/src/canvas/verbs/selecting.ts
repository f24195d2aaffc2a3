/** Taking up several steps at once. */

import { say, select } from "@/canvas/state/store";
import type { Position } from "@/flow/document";
import { stepsOf } from "@/flow/drawn";
import { connectedWith, leadingTo, reachableFrom } from "@/flow/graph";

import type { Tools } from "./tools";

export type Reach = "up" | "down" | "connected";

export function makeSelecting({ editor, t, present, drawn }: Tools) {
  const take = (ids: readonly string[]): void => {
    select(editor, ids);
    say(editor, t("said.selected", { count: ids.length }));
  };
  return {
    selectAll: (): void => take(present().nodes.map((node) => node.id)),
    /** The step, and all that leads to it, follows from it, or hangs together with it. */
    selectReach: (id: string, reach: Reach): void => {
      const steps = stepsOf(drawn(), id);
      const reached = {
        up: () => leadingTo(present(), ...steps),
        down: () => reachableFrom(present(), steps),
        connected: () => connectedWith(present(), steps[0] ?? id),
      }[reach]();
      take(present().nodes.map((node) => node.id).filter((each) => reached.has(each)));
    },
    /** Take the step, or all that a card stands for, up beside the others, or let go of it alone. */
    toggle: (id: string): void => {
      const { selected } = editor.getState();
      const steps = stepsOf(drawn(), id);
      const rest = selected.filter((each) => !steps.includes(each));
      take(steps.every((each) => selected.includes(each)) ? rest : [...rest, ...steps]);
    },
    /** From now on each step that is tapped is taken up beside the others. */
    beginGathering: (ids: readonly string[]): void => {
      editor.setState({ gathering: true, open: null });
      take(ids);
      say(editor, t("hint.several"));
    },
    /** Open the menu of a step or card, or that of free canvas (null), at a place on the screen. */
    openMenu: (node: string | null, at: Position): void =>
      editor.setState({ menu: { node, at }, ...(node !== null && { selected: stepsOf(drawn(), node) }) }),
  };
}
