import { useMemo } from "react";
import { useTranslation } from "react-i18next";

import { portsOf } from "@/flow/catalog";
import * as commands from "@/flow/commands";
import type { AutomationDocument, Exit, FlowEdge, FlowNode, Position } from "@/flow/document";
import { sameExit } from "@/flow/document";
import { edgeAt, nodeById } from "@/flow/graph";
import { freeSpot, NODE_WIDTH, COLUMN_GAP, positionsOf } from "@/flow/layout";
import { mayStand, refusalOf } from "@/flow/legality";
import { defaultConfig } from "@/nodes/form/shape";
import { toastRefusal } from "@/canvas/toasts";
import { toastDone } from "@/ui/feedback/toast";

import { useEditorScope } from "./EditorContext";
import { apply, go, guard, openStep, say, select, type Spot } from "./store";
import { useStepWords } from "./useWords";

/** Everything a user can do to the drawn automation; each is said to screen readers, and can be undone. */
export function useCommands() {
  const { t } = useTranslation("editor");
  const { catalog, editor } = useEditorScope();
  const words = useStepWords();
  return useMemo(() => {
    const document = (): AutomationDocument => editor.getState().history.present;

    function added(edit: commands.Edit | null): void {
      const [id] = edit?.touched ?? [];
      if (!edit || id === undefined) return;
      apply(editor, edit);
      editor.setState((state) => ({ fresh: new Set([...state.fresh, ...edit.touched]), picker: null, holding: null }));
      select(editor, [id], id);
      openStep(editor, id);
      say(editor, t("said.added", { step: words.step(id), count: document().nodes.length }));
    }

    function newNode(type: string): commands.NewNode {
      return { type, config: defaultConfig(catalog.get(type)?.schema ?? {}) };
    }

    /** To the right of the last beginning, or where the canvas begins. */
    function besideRoots(): Position {
      const { nodes, edges } = document();
      const positions = positionsOf(document(), catalog);
      const roots = nodes.filter((node) => !edges.some((edge) => edge.to === node.id));
      const right = Math.max(-NODE_WIDTH - COLUMN_GAP, ...roots.map((node) => positions[node.id]?.[0] ?? 0));
      return freeSpot([right + NODE_WIDTH + COLUMN_GAP, 0], positions);
    }

    function spotAfter(id: string | null): Spot {
      const node = id === null ? undefined : nodeById(document(), id);
      const ports = node ? portsOf(node, document(), catalog) : [];
      const exits = ports.map((port) => ({ from: node?.id ?? "", port: port.key }));
      const open = exits.find((exit) => !edgeAt(document(), exit));
      if (open) return { kind: "end", exit: open };
      const edge = exits[0] && edgeAt(document(), exits[0]);
      return edge ? { kind: "edge", edge } : { kind: "free" };
    }

    function insert(type: string, edge: FlowEdge, restPort: string | null): void {
      guard(editor, () => {
        editor.setState({ splitting: null });
        added(commands.insertNode(document(), catalog, edge, newNode(type), restPort));
      });
    }

    function place(type: string, spot: Spot): void {
      const ports = catalog.get(type)?.ports ?? [];
      if (spot.kind === "edge" && ports.length > 1) {
        editor.setState({ splitting: { type, edge: spot.edge }, picker: null, holding: null });
        return;
      }
      if (spot.kind === "edge") {
        insert(type, spot.edge, ports[0]?.key ?? null);
        return;
      }
      guard(editor, () => {
        if (spot.kind === "free") {
          added(commands.addNode(document(), newNode(type), spot.position ?? besideRoots()));
          return;
        }
        const edit = commands.appendNode(document(), catalog, spot.exit, newNode(type));
        added(edit && spot.position ? placed(edit, spot.position) : edit);
      });
    }

    return {
      /** Put a new step of this type at the spot; a split put into an edge asks first. */
      place,

      /** Put a new step of this type after the selected one, else on free canvas. */
      placeAfterSelected(type: string): void {
        const spot = spotAfter(editor.getState().selected[0] ?? null);
        place(type, mayStand(catalog.get(type), "end") ? spot : { kind: "free" });
      },

      /** Ways out of a step that lead nowhere yet, with the words at them. */
      openExits(node: FlowNode): { exit: Exit; label: string }[] {
        return portsOf(node, document(), catalog)
          .map(({ key, label }) => ({ exit: { from: node.id, port: key }, label }))
          .filter(({ exit }) => !edgeAt(document(), exit));
      },

      /** Where a step goes that is added after `id`: its first open end, else into its first edge. */
      spotAfter,

      insert,

      connect(edge: FlowEdge): void {
        const refusal = refusalOf(document(), catalog, edge);
        const edit = commands.connect(document(), catalog, edge);
        if (!edit) {
          refuse(refusal, edge);
          return;
        }
        apply(editor, edit);
        say(editor, t("said.connected", { from: words.step(edge.from), to: words.step(edge.to) }));
      },

      reroute(old: FlowEdge, wanted: FlowEdge): void {
        const edit = commands.reroute(document(), catalog, old, wanted);
        if (!edit) {
          refuse(refusalOf(document(), catalog, wanted, old), wanted);
          return;
        }
        apply(editor, edit);
        say(editor, t("said.connected", { from: words.step(wanted.from), to: words.step(wanted.to) }));
      },

      /** Say why a connection may not be drawn. */
      refuse,

      disconnect(edge: FlowEdge): void {
        if (!document().edges.some((each) => sameExit(each, edge))) return;
        apply(editor, commands.disconnect(document(), edge));
        toastDone({
          message: t("toast.disconnected", { from: words.step(edge.from), to: words.step(edge.to) }),
          undo: undoFromHere(),
        });
      },

      remove(ids: readonly string[], join: commands.Join = "clear"): void {
        if (ids.length === 0) return;
        const name = ids.length === 1 && ids[0] !== undefined ? words.step(ids[0]) : "";
        const cut = commands.cutOff(document(), catalog, ids, join).length;
        apply(editor, commands.removeNodes(document(), catalog, ids, join));
        const message = name ? t("toast.removed_step", { step: name }) : t("toast.removed", { count: ids.length });
        const also = cut > 0 ? ` ${t("toast.cut_off", { count: cut })}` : "";
        toastDone({ message: message + also, undo: undoFromHere() });
      },

      move(places: Readonly<Record<string, Position>>): void {
        apply(editor, commands.placeNodes(document(), places));
      },

      duplicate(ids: readonly string[]): void {
        if (ids.length > 0) copied(commands.duplicate(document(), catalog, ids));
      },

      /** The steps as text for the clipboard; null when there is nothing to copy. */
      copyText(ids: readonly string[]): string | null {
        return ids.length > 0 ? commands.fragmentText(commands.fragmentOf(document(), catalog, ids)) : null;
      },

      cut(ids: readonly string[]): void {
        if (ids.length > 0) apply(editor, commands.cut(document(), catalog, ids));
      },

      /** Put copied steps in; false when the text is something else. */
      paste(text: string, at: Position): boolean {
        const fragment = commands.parseFragment(text);
        if (fragment) copied(commands.paste(document(), fragment, at));
        return fragment !== null;
      },

      rename(name: string): void {
        apply(editor, commands.rename(document(), name));
      },

      settings(patch: AutomationDocument["settings"]): void {
        apply(editor, commands.setSettings(document(), patch));
      },

      fill(template: AutomationDocument): void {
        apply(editor, commands.fillFrom(document(), template));
        say(editor, t("said.pasted", { count: template.nodes.length }));
      },

      tidy(): void {
        apply(editor, commands.tidy(document()));
        say(editor, t("said.tidied"));
      },
    };

    /** Undoes the latest edit, and what came after it when it is called later. */
    function undoFromHere(): () => void {
      const before = editor.getState().history.past.length - 1;
      return () => go(editor, before - editor.getState().history.past.length);
    }

    function copied(edit: commands.Edit): void {
      apply(editor, edit);
      select(editor, edit.touched, edit.touched[0] ?? null);
      say(editor, t("said.pasted", { count: edit.touched.length }));
    }

    function refuse(refusal: ReturnType<typeof refusalOf>, edge: FlowEdge): void {
      if (!refusal) return;
      const message = t(`refusal.${refusal}`, { from: words.step(edge.from), to: words.step(edge.to) });
      toastRefusal(message);
    }
  }, [catalog, editor, t, words]);
}

export type Commands = ReturnType<typeof useCommands>;

function placed(edit: commands.Edit, position: Position): commands.Edit {
  const [id] = edit.touched;
  if (id === undefined) return edit;
  return { ...edit, document: { ...edit.document, layout: { ...edit.document.layout, [id]: position } } };
}
