/** Drawing, leading and cutting lines. */

import { apply, say } from "@/canvas/state/store";
import { toastRefusal } from "@/canvas/toasts";
import { connect, disconnect, type Edit, reroute } from "@/flow/commands";
import type { Exit, FlowEdge } from "@/flow/document";
import { wayInto, wayOutOf } from "@/flow/drawn";
import { edgeAt } from "@/flow/graph";
import { refusalOf } from "@/flow/legality";
import { toastDone } from "@/ui/feedback/toast";

import type { Tools } from "./tools";
import { undoFromHere } from "./undoing";

export function makeConnecting({ catalog, editor, t, words, present, drawn }: Tools) {
  const names = ({ from, to }: FlowEdge) => ({ from: words.step(from), to: words.step(to) });

  /** Take the edit in; without one, say why the line may not be drawn. */
  const settle = (edit: Edit | null, wanted: FlowEdge, moving?: FlowEdge): void => {
    const refusal = refusalOf(present(), catalog, wanted, moving);
    if (edit) {
      apply(editor, edit);
      say(editor, t("said.connected", names(wanted)));
    } else if (refusal) {
      toastRefusal(t(`refusal.${refusal}`, names(wanted)));
    }
  };

  /** What a line drawn from a taken way out stands for: the line that is there, led elsewhere. */
  const draw = (wanted: FlowEdge): void => {
    const old = edgeAt(present(), wanted);
    if (!old) settle(connect(present(), catalog, wanted), wanted);
    else if (old.to !== wanted.to) settle(reroute(present(), catalog, old, wanted), wanted, old);
  };

  /** What a drawn way out, or step, stands for: ends of lines at the card of a group are those of its steps. */
  const meantExit = (exit: Exit): Exit | null => wayOutOf(drawn(), exit);
  const meantStep = (id: string): string => wayInto(present(), drawn(), id);

  return {
    draw,
    meantExit,
    meantStep,
    /** The line that one between drawn ends stands for; null where that is several. */
    meant: ({ to, ...way }: FlowEdge): FlowEdge | null => {
      const exit = meantExit(way);
      return exit && { ...exit, to: meantStep(to) };
    },
    /** The next step that is tapped, or confirmed by Enter, is where this way out shall lead. */
    beginConnecting: ({ from, port }: Exit): void => {
      editor.setState({ connecting: { from, port, by: "tap" }, focus: from });
      say(editor, t("hint.connect", { step: words.step(from) }));
    },
    /** This step is it, or that group; false while no way out waits for one. */
    finishConnecting: (to: string): boolean => {
      const { connecting } = editor.getState();
      if (!connecting) return false;
      editor.setState({ connecting: null });
      draw({ from: connecting.from, port: connecting.port, to: meantStep(to) });
      return true;
    },
    reroute: (old: FlowEdge, wanted: FlowEdge): void => settle(reroute(present(), catalog, old, wanted), wanted, old),
    disconnect: (edge: FlowEdge): void => {
      if (!edgeAt(present(), edge)) return;
      const message = t("toast.disconnected", names(edge));
      apply(editor, disconnect(present(), edge));
      toastDone({ message, undo: undoFromHere(editor) });
    },
  };
}
