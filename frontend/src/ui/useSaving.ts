import { useContext, useEffect, useRef } from "react";

import { toastDone, toastProblem } from "./feedback/toast";
import { type FormErrors, showProblem } from "./forms";
import { PanelOpened } from "./panel/panelOpened";

export interface Saving<Draft, Result> {
  mutateAsync: (draft: Draft, outcome: { onSuccess?: (result: Result) => void }) => Promise<Result>;
}

export interface Outcome<Result> {
  /** Said once it is done. */
  said?: string | undefined;
  /** Done besides if that which asked for it is still there: the row of what was deleted is not. */
  onDone?: ((result: Result) => void) | undefined;
}

type Send = <Draft, Result>(save: Saving<Draft, Result>, draft: Draft, outcome?: Outcome<Result>) => void;

/**
 * Saves what a form holds: `send(save, draft, { said: "Saved" })`. A refusal is shown at its fields, or told if nobody sees
 * them any more: the panel was closed meanwhile, or the page left.
 */
export function useSaving(form: FormErrors, opened = true): Send {
  const around = useContext(PanelOpened);
  const shown = useRef(false);
  useEffect(() => {
    shown.current = opened && around;
    return () => {
      shown.current = false;
    };
  }, [opened, around]);
  return ({ mutateAsync }, draft, { said, onDone } = {}) => {
    const told = () => {
      if (said) toastDone({ message: said });
    };
    const failed = (error: unknown) => (shown.current ? showProblem(form, error) : toastProblem(error));
    void mutateAsync(draft, { ...(onDone && { onSuccess: onDone }) }).then(told, failed);
  };
}
