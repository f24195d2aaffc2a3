import { makeAdding } from "./adding";
import { makeArranging } from "./arranging";
import { makeConnecting } from "./connecting";
import { makeEditing } from "./editing";
import { makeGrouping } from "./grouping";
import { makeSelecting } from "./selecting";
import type { Tools } from "./tools";
import { makeUndoing } from "./undoing";

export type { Reach } from "./selecting";
export { makeTools, type StepWords } from "./tools";

/** Everything a user can do to the drawn automation; each is told to screen readers, and can be undone. */
export function makeVerbs(tools: Tools) {
  return {
    ...makeAdding(tools),
    ...makeArranging(tools),
    ...makeConnecting(tools),
    ...makeEditing(tools),
    ...makeGrouping(tools),
    ...makeSelecting(tools),
    ...makeUndoing(tools),
  };
}

export type Verbs = ReturnType<typeof makeVerbs>;
