import type { TFunction } from "i18next";

import { type Catalog, portsOf } from "@/flow/catalog";
import type { AutomationDocument, Exit } from "@/flow/document";
import { type Drawn, drawnOf } from "@/flow/drawn";
import { nodeById } from "@/flow/graph";
import type { Entry } from "@/flow/history";
import type { Editor } from "@/canvas/state/store";

/** Names of steps, in the screen's language, for labels and messages. */
export interface StepWords {
  /** The name of a type: “Email opened”, or “Unknown step”. */
  readonly type: (key: string) => string;
  /** The name of a step, or of the group that a card stands for, by its id. */
  readonly step: (id: string) => string;
  /** The word at a way out: “Yes”. */
  readonly port: (exit: Exit) => string;
  /** What an entry of the history did: “add Email opened”, “move 3 steps”, “rename”. */
  readonly edit: (entry: Entry) => string;
}

/** What every verb works with. */
export interface Tools {
  readonly editor: Editor;
  readonly catalog: Catalog;
  readonly t: TFunction<"editor">;
  readonly words: StepWords;
  readonly present: () => AutomationDocument;
  readonly drawn: () => Drawn;
}

export function makeTools(editor: Editor, catalog: Catalog, t: TFunction<"editor">): Tools {
  const present = () => editor.getState().history.present;
  const drawn = () => drawnOf(present(), catalog, editor.getState().looks);
  const type = (key: string) => catalog.get(key)?.label ?? t("step.unknown");
  const words: StepWords = {
    type,
    step: (id) => drawn().cards.get(id)?.name ?? type(nodeById(present(), id)?.type ?? ""),
    port: ({ from, port }) => {
      const node = nodeById(present(), from);
      const ports = node ? portsOf(node, present(), catalog) : [];
      return ports.find((each) => each.key === port)?.label ?? port;
    },
    edit: ({ name, types }) => {
      const [first] = types;
      const what = types.length === 1 && first !== undefined ? type(first) : t("edit.steps", { count: types.length });
      return t(`edit.${name}`, { what });
    },
  };
  return { editor, catalog, t, words, present, drawn };
}
