import { useReactFlow } from "@xyflow/react";
import { useEffect } from "react";
import { useTranslation } from "react-i18next";

import { useEditorScope } from "./state/EditorContext";
import { go, guard, openStep, say, select } from "./state/store";
import { useCommands } from "./state/useCommands";
import { edgeKey } from "@/flow/document";
import { type Direction, stepFrom } from "@/flow/walk";

const arrows: Readonly<Record<string, Direction>> = {
  ArrowDown: "next",
  ArrowUp: "back",
  ArrowLeft: "left",
  ArrowRight: "right",
};

/** The editor's keys: see `ShortcutsDialog`. Silent while something is typed, and in dialogs and menus. */
export function useShortcuts(): void {
  const { catalog, editor } = useEditorScope();
  const commands = useCommands();
  const flow = useReactFlow();
  const { t } = useTranslation("editor");

  useEffect(() => {
    const state = () => editor.getState();

    function openPicker(): boolean {
      const [id = null] = state().selected;
      const card = id === null ? null : document.querySelector(`[data-node="${CSS.escape(id)}"]`);
      const box = (card ?? document.querySelector(".react-flow"))?.getBoundingClientRect();
      if (!box || state().readOnly) return false;
      const at = card ? ([box.left, box.bottom + 8] as const) : ([box.left + box.width / 2 - 150, box.top + 80] as const);
      editor.setState({ picker: { spot: commands.spotAfter(id), at } });
      return true;
    }

    function walk(direction: Direction): boolean {
      const next = stepFrom(state().history.present, catalog, state().selected[0] ?? null, direction);
      if (next !== null) select(editor, [next], next);
      return true;
    }

    function remove(join?: "first"): boolean {
      const { selected, edge, history, readOnly } = state();
      if (readOnly) return false;
      const marked = history.present.edges.find((each) => edgeKey(each) === edge);
      if (marked) commands.disconnect(marked);
      else commands.remove(selected, join);
      return true;
    }

    function escape(): boolean {
      const { holding, connecting, open } = state();
      if (holding || connecting) {
        editor.setState({ holding: null, connecting: null });
      } else if (open !== null) {
        const back = open;
        guard(editor, () => {
          openStep(editor, null);
          editor.setState({ focus: back });
        });
      } else {
        select(editor, []);
      }
      return true;
    }

    const plain: Readonly<Record<string, () => boolean>> = {
      Escape: escape,
      "/": openPicker,
      Delete: () => remove(),
      Backspace: () => remove(),
      F2: () => focusName(),
      "?": () => showShortcuts(),
      "0": () => done(flow.zoomTo(1, { duration: 120 })),
      "1": () => done(flow.fitView({ padding: 0.2, maxZoom: 1, duration: 200 })),
      "+": () => done(flow.zoomIn({ duration: 120 })),
      "=": () => done(flow.zoomIn({ duration: 120 })),
      "-": () => done(flow.zoomOut({ duration: 120 })),
    };

    const withControl: Readonly<Record<string, (shift: boolean) => boolean>> = {
      z: (shift) => undo(shift ? 1 : -1),
      y: () => undo(1),
      d: () => !state().readOnly && done(commands.duplicate(state().selected)),
      a: () => done(select(editor, state().history.present.nodes.map((node) => node.id))),
      Backspace: () => remove("first"),
    };

    function undo(steps: number): boolean {
      if (!state().readOnly) go(editor, steps);
      return true;
    }

    function showShortcuts(): boolean {
      editor.setState({ panel: "shortcuts" });
      return true;
    }

    function enter(event: KeyboardEvent): boolean {
      const id = (event.target as HTMLElement).dataset["node"];
      if (id === undefined) return false;
      openStep(editor, id);
      requestAnimationFrame(focusSettings);
      return true;
    }

    function tab(event: KeyboardEvent): boolean {
      const onStep = (event.target as HTMLElement).dataset["node"] !== undefined;
      return onStep && !event.shiftKey && state().selected.length > 0 && openPicker();
    }

    function handle(event: KeyboardEvent): boolean {
      const control = event.ctrlKey || event.metaKey;
      if (control) {
        const key = event.key.length === 1 ? latin(event) : event.key;
        return withControl[key]?.(event.shiftKey) ?? false;
      }
      if (event.altKey) return false;
      const onButton = event.target instanceof HTMLButtonElement && event.target.dataset["node"] === undefined;
      const arrow = arrows[event.key];
      if (arrow) return !onButton && walk(arrow);
      if (event.key === "Enter" || event.key === " ") return enter(event);
      if (event.key === "Tab") return tab(event);
      return plain[event.key]?.() ?? false;
    }

    function onKeyDown(event: KeyboardEvent): void {
      if (!event.defaultPrevented && !isElsewhere(event.target, event.key) && handle(event)) event.preventDefault();
    }

    function onCopy(event: ClipboardEvent): void {
      const text = isElsewhere(event.target) || window.getSelection()?.type === "Range" ? null : commands.copyText(state().selected);
      if (text === null || !event.clipboardData) return;
      event.clipboardData.setData("text/plain", text);
      event.preventDefault();
      if (event.type === "cut" && !state().readOnly) commands.cut(state().selected);
      else say(editor, t("said.copied"));
    }

    function onPaste(event: ClipboardEvent): void {
      if (isElsewhere(event.target) || state().readOnly) return;
      const box = document.querySelector(".react-flow")?.getBoundingClientRect();
      const text = event.clipboardData?.getData("text/plain") ?? "";
      if (!box || text === "") return;
      const { x, y } = flow.screenToFlowPosition({ x: box.left + box.width / 2 - 132, y: box.top + box.height / 3 });
      if (commands.paste(text, [Math.round(x), Math.round(y)])) event.preventDefault();
    }

    window.addEventListener("keydown", onKeyDown);
    document.addEventListener("copy", onCopy);
    document.addEventListener("cut", onCopy);
    document.addEventListener("paste", onPaste);
    return () => {
      window.removeEventListener("keydown", onKeyDown);
      document.removeEventListener("copy", onCopy);
      document.removeEventListener("cut", onCopy);
      document.removeEventListener("paste", onPaste);
    };
  }, [catalog, commands, editor, flow, t]);
}

/** Whether the key belongs to a field, a dialog or a menu. */
function isElsewhere(target: EventTarget | null, key = ""): boolean {
  if (!(target instanceof HTMLElement)) return false;
  if (target.closest("[role=dialog], [role=menu], [role=listbox]")) return true;
  const typing = target.isContentEditable || ["INPUT", "TEXTAREA", "SELECT"].includes(target.tagName);
  if (typing) return !(key === "Escape" && target.closest("[data-settings]") !== null && target.ariaExpanded !== "true");
  return target.closest("[role=tablist], [data-settings]") !== null && key !== "Escape";
}

/** The letter on the key as a Latin keyboard has it, so that Ctrl+Z works on a Russian one. */
function latin(event: KeyboardEvent): string {
  return event.code.startsWith("Key") ? event.code.slice(3).toLowerCase() : event.key.toLowerCase();
}

function focusName(): boolean {
  document.querySelector<HTMLElement>("[data-rename]")?.click();
  return true;
}

function focusSettings(): void {
  document.querySelector<HTMLElement>("[data-settings] :is(input, textarea, button:not([data-close]))")?.focus();
}

function done(_action: unknown): boolean {
  return true;
}
