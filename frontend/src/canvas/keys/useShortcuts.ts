import { useReactFlow } from "@xyflow/react";
import { useEffect } from "react";

import { useEditorScope } from "@/canvas/state/EditorContext";

import { type Keymap, makeKeymap } from "./keymap";
import { hasOpenList, isElsewhere, isInSettings, latin } from "./targets";

/** The editor's keys, as `ShortcutsDialog` lists them. Silent while something is typed, and in dialogs and menus. */
export function useShortcuts(): void {
  const scope = useEditorScope();
  const flow = useReactFlow();

  useEffect(() => {
    const keys = makeKeymap({ ...scope, flow });
    let wasExpanded = false;
    // Alt+S was pressed: the next key says what to select.
    let selecting = false;
    // Before the event reaches a list, which closes upon it.
    const look = ({ target }: KeyboardEvent) => {
      wasExpanded = hasOpenList(target);
    };
    // What is typed into settings that are still on their way is not meant for the canvas.
    const isEarly = ({ key, target }: KeyboardEvent) =>
      key !== "Escape" && !isElsewhere(target) && scope.editor.getState().intoSettings;
    const onKeyDown = (event: KeyboardEvent) => {
      if (event.defaultPrevented || ["Alt", "Shift"].includes(event.key)) return;
      const begins = event.altKey && latin(event) === "s" && !isElsewhere(event.target);
      const chosen = selecting ? keys.selecting[latin(event)]?.(event) : undefined;
      selecting = begins;
      if (begins || (chosen ?? (isEarly(event) || handle(event, keys, wasExpanded)))) event.preventDefault();
    };
    window.addEventListener("keydown", look, { capture: true });
    window.addEventListener("keydown", onKeyDown);
    return () => {
      window.removeEventListener("keydown", look, { capture: true });
      window.removeEventListener("keydown", onKeyDown);
    };
  }, [flow, scope]);
}

/** Keys that mean something on a button, or would do harm when one has the focus. */
const buttonKeys = new Set(["Enter", " ", "Tab", "Delete", "Backspace", "ArrowUp", "ArrowDown", "ArrowLeft", "ArrowRight"]);

function handle(event: KeyboardEvent, keys: Keymap, wasExpanded: boolean): boolean {
  const { target, key } = event;
  if (key === "Escape") {
    return (!isElsewhere(target) || isInSettings(target, wasExpanded)) && !wasExpanded && keys.escape();
  }
  if (key === "Enter" && (event.ctrlKey || event.metaKey)) return keys.apply();
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
