import { useReactFlow } from "@xyflow/react";
import { useEffect } from "react";

import { useEditorScope } from "@/canvas/state/EditorContext";
import { isAsking, isRehearsing } from "@/canvas/state/store";

import { type Keymap, makeKeymap } from "./keymap";
import { hasOpenList, isElsewhere, isInSettings, isOfSettings, latin, modal } from "./targets";

/** The editor's keys, as `ShortcutsDialog` lists them. Silent while something is typed, and in dialogs and menus. */
export function useShortcuts(): void {
  const scope = useEditorScope();
  const flow = useReactFlow();

  useEffect(() => {
    const keys = makeKeymap({ ...scope, flow });
    let wasExpanded = false;
    // A dialog lies over everything, or is about to.
    let held = false;
    // Alt+S was pressed: the next key says what to select.
    let selecting = false;
    // Before the event reaches a list or a dialog, which close upon it; a list would choose what is marked in it, whether
    // that was typed or not.
    const look = (event: KeyboardEvent) => {
      wasExpanded = hasOpenList(event.target);
      held = modal() !== null || isAsking(scope.editor.getState());
      const applied = held ? isAnswer(event) : isApply(event) && isOfSettings(event.target) && keys.apply(event);
      if (!applied) return;
      event.preventDefault();
      event.stopPropagation();
    };
    const take = (event: KeyboardEvent) => {
      const state = scope.editor.getState();
      const isEarly = state.intoSettings && !isRehearsing(state) && event.key !== "Escape" && !isElsewhere(event.target);
      return isEarly ? isForSettings(event, keys) : handle(event, keys, wasExpanded);
    };
    const onKeyDown = (event: KeyboardEvent) => {
      if (held || event.defaultPrevented || ["Alt", "Shift"].includes(event.key)) return;
      const begins = event.altKey && latin(event) === "s" && !isElsewhere(event.target);
      const chosen = selecting ? keys.selecting[latin(event)]?.(event) : undefined;
      selecting = begins;
      if (begins || (chosen ?? take(event))) event.preventDefault();
    };
    window.addEventListener("keydown", look, { capture: true });
    window.addEventListener("keydown", onKeyDown);
    return () => {
      window.removeEventListener("keydown", look, { capture: true });
      window.removeEventListener("keydown", onKeyDown);
    };
  }, [flow, scope]);
}

function isApply({ key, ctrlKey, metaKey, isComposing }: KeyboardEvent): boolean {
  return key === "Enter" && (ctrlKey || metaKey) && !isComposing;
}

/** Gives the main answer of the dialog that is open, where it has one. */
function isAnswer(event: KeyboardEvent): boolean {
  const main = isApply(event) ? modal()?.querySelector<HTMLElement>("[data-main]") : null;
  main?.click();
  return main !== null && main !== undefined;
}

/** Keys that mean something on a button, or would do harm when one has the focus. */
const buttonKeys = new Set(["Enter", " ", "Tab", "Delete", "Backspace", "ArrowUp", "ArrowDown", "ArrowLeft", "ArrowRight"]);

/** Whether a key is held back: typed into settings that are still on their way, it is not meant for the canvas. */
function isForSettings(event: KeyboardEvent, keys: Keymap): boolean {
  const { key, target } = event;
  if (key === "Tab" || /^F\d+$/u.test(key) || event.altKey) return false;
  if (event.ctrlKey || event.metaKey) return key === "Enter" || latin(event) in keys.control;
  const isOwn = keys.focused(event) === null && target instanceof HTMLButtonElement && buttonKeys.has(key);
  return !isOwn && (key.length === 1 || key === "Enter" || key in keys.plain);
}

function handle(event: KeyboardEvent, keys: Keymap, wasExpanded: boolean): boolean {
  const { target, key } = event;
  if (key === "Escape") {
    return (!isElsewhere(target) || isInSettings(target, wasExpanded)) && !wasExpanded && keys.escape();
  }
  if (isApply(event)) return keys.apply(event);
  if (isElsewhere(target)) return false;
  if (event.ctrlKey || event.metaKey) return keys.control[latin(event)]?.(event) ?? false;
  if (event.altKey) return false;
  const shifted = event.shiftKey ? (keys.shift[key] ?? keys.shift[latin(event)]) : undefined;
  if (shifted) return shifted(event);
  const step = keys.focused(event);
  if (step === null && target instanceof HTMLButtonElement && buttonKeys.has(key)) return false;
  if (step !== null && (key === "Enter" || key === " ")) return keys.edit(step);
  if (step !== null && key === "Tab") return !event.shiftKey && keys.openPicker(event);
  return (keys.plain[key] ?? keys.plain[latin(event)])?.(event) ?? false;
}
