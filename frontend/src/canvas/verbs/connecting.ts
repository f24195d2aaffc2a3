/** Drawing, leading and cutting lines. */

import { apply, say } from "@/canvas/state/store";
import { toastRefusal } from "@/canvas/toasts";
import { connect, disconnect, type Edit, reroute } from "@/flow/commands";
import type { Exit, FlowEdge } from "@/flow/document";
import { edgeAt } from "@/flow/graph";
import { refusalOf } from "@/flow/legality";
import { toastDone } from "@/ui/feedback/toast";

import type { Tools } from "./tools";
import { undoFromHere } from "./undoing";

export function makeConnecting({ catalog, editor, t, words, present }: Tools) {
  const names = ({ from, to }: FlowEdge) => ({ from: words.step(from), to: words.step(to) });

  /** Take the edit in; without one, say why the line may not be drawn. */
  const drawn = (edit: Edit | null, wanted: FlowEdge, moving?: FlowEdge): void => {
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
    if (!old) drawn(connect(present(), catalog, wanted), wanted);
    else if (old.to !== wanted.to) drawn(reroute(present(), catalog, old, wanted), wanted, old);
  };

  return {
    draw,
    /** The next step that is tapped, or confirmed by Enter, is where this way out shall lead. */
    beginConnecting: ({ from, port }: Exit): void => {
      editor.setState({ connecting: { from, port, by: "tap" }, focus: from });
      say(editor, t("hint.connect", { step: words.step(from) }));
    },
    /** This step is it; false while no way out waits for one. */
    finishConnecting: (to: string): boolean => {
      const { connecting } = editor.getState();
      if (!connecting) return false;
      editor.setState({ connecting: null });
      draw({ from: connecting.from, port: connecting.port, to });
      return true;
    },
    reroute: (old: FlowEdge, wanted: FlowEdge): void => drawn(reroute(present(), catalog, old, wanted), wanted, old),
    disconnect: (edge: FlowEdge): void => {
      if (!edgeAt(present(), edge)) return;
      const message = t("toast.disconnected", names(edge));
      apply(editor, disconnect(present(), edge));
      toastDone({ message, undo: undoFromHere(editor) });
    },
  };
}
