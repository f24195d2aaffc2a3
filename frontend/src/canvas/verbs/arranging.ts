/** Where steps stand on the canvas. */

import { apply, say } from "@/canvas/state/store";
import { placeNodes, tidy } from "@/flow/commands";
import type { Position, Positions } from "@/flow/document";
import { placesOf, shownAs } from "@/flow/drawn";
import { positionsOf } from "@/flow/layout";

import type { Tools } from "./tools";

export function makeArranging({ catalog, editor, t, present, drawn }: Tools) {
  /** Where what is drawn stands, by its own ids. */
  const placesNow = (): Positions => positionsOf(drawn().document, drawn().catalog);
  const shifted = (ids: readonly string[], [dx, dy]: Position): Positions => {
    const positions = placesNow();
    return Object.fromEntries(
      ids.map((step) => {
        const id = shownAs(drawn(), step);
        const [x, y] = positions[id] ?? [0, 0];
        return [id, [x + dx, y + dy] as const];
      }),
    );
  };
  const move = (places: Positions): void =>
    apply(editor, placeNodes(present(), placesOf(present(), catalog, drawn(), places)));

  return {
    /** Put what is drawn at these places: steps, and the cards of groups. */
    move,
    /** Move steps by so much, in canvas units. */
    nudge: (ids: readonly string[], by: Position): void => {
      if (ids.length > 0) move(shifted(ids, by));
    },
    /** The next free place that is tapped is where these steps shall stand. */
    beginMoving: (ids: readonly string[]): void => {
      editor.setState({ moving: ids });
      say(editor, t("hint.move", { count: ids.length }));
    },
    /** That is the place of the first of them; the others keep their places beside it. */
    finishMoving: ([x, y]: Position): void => {
      const { moving } = editor.getState();
      const [first] = moving ?? [];
      editor.setState({ moving: null });
      if (!moving || first === undefined) return;
      const [left, top] = placesNow()[shownAs(drawn(), first)] ?? [0, 0];
      move(shifted(moving, [x - left, y - top]));
      say(editor, t("said.moved", { count: moving.length }));
    },
    tidy: (): void => {
      apply(editor, tidy(present()));
      say(editor, t("said.tidied"));
    },
  };
}
