/** Drawing, leading and cutting lines. */

import { apply, say } from "@/canvas/state/store";
import { toastRefusal } from "@/canvas/toasts";
import { connect, disconnect, type Edit, reroute } from "@/flow/commands";
import type { FlowEdge } from "@/flow/document";
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

  return {
    connect: (edge: FlowEdge): void => drawn(connect(present(), catalog, edge), edge),
    reroute: (old: FlowEdge, wanted: FlowEdge): void => drawn(reroute(present(), catalog, old, wanted), wanted, old),
    disconnect: (edge: FlowEdge): void => {
      if (!edgeAt(present(), edge)) return;
      const message = t("toast.disconnected", names(edge));
      apply(editor, disconnect(present(), edge));
      toastDone({ message, undo: undoFromHere(editor) });
    },
  };
}
