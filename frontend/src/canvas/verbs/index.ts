import { makeAdding } from "./adding";
import { makeConnecting } from "./connecting";
import { makeEditing } from "./editing";
import type { Tools } from "./tools";

export { makeTools, type StepWords } from "./tools";

/** Everything a user can do to the drawn automation; each is told to screen readers, and can be undone. */
export function makeVerbs(tools: Tools) {
  return { ...makeAdding(tools), ...makeConnecting(tools), ...makeEditing(tools) };
}

export type Verbs = ReturnType<typeof makeVerbs>;
