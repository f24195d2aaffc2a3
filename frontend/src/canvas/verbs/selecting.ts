/** Taking up several steps at once. */

import { say, select } from "@/canvas/state/store";
import { connectedWith, leadingTo, reachableFrom } from "@/flow/graph";

import type { Tools } from "./tools";

export type Reach = "up" | "down" | "connected";

export function makeSelecting({ editor, t, present }: Tools) {
  const take = (ids: readonly string[]): void => {
    select(editor, ids);
    say(editor, t("said.selected", { count: ids.length }));
  };
  return {
    selectAll: (): void => take(present().nodes.map((node) => node.id)),
    /** The step, and all that leads to it, follows from it, or hangs together with it. */
    selectReach: (id: string, reach: Reach): void => {
      const reached = {
        up: () => leadingTo(present(), id),
        down: () => reachableFrom(present(), [id]),
        connected: () => connectedWith(present(), id),
      }[reach]();
      take(present().nodes.map((node) => node.id).filter((each) => reached.has(each)));
    },
    /** Take the step up beside the others, or let go of it alone. */
    toggle: (id: string): void => {
      const { selected } = editor.getState();
      take(selected.includes(id) ? selected.filter((each) => each !== id) : [...selected, id]);
    },
  };
}
