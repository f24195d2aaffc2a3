import { IconPlus } from "@tabler/icons-react";
import { useTranslation } from "react-i18next";

import { useEditor, useEditorScope, useStepWords, useVerbs } from "@/canvas/state/EditorContext";
import type { Spot } from "@/canvas/state/store";
import { mayStand } from "@/flow/legality";

import classes from "./AddButton.module.css";

type Place = Extract<Spot, { kind: "edge" | "end" }>;

/** The + at an edge or open end: opens the list of steps, or puts down the one that was picked up. */
export function AddButton({ spot }: { spot: Place }) {
  const { t } = useTranslation("editor");
  const { catalog, editor } = useEditorScope();
  const words = useStepWords();
  const verbs = useVerbs();
  const holding = useEditor((state) => state.holding);
  const { from, port } = spot.kind === "edge" ? spot.edge : spot.exit;
  const legal = holding !== null && mayStand(catalog.get(holding.type), spot.kind);
  const name =
    spot.kind === "edge"
      ? t("add.between", { from: words.step(from), to: words.step(spot.edge.to) })
      : t("add.after", { step: words.step(from), port: words.port({ from, port }) });
  return (
    <button
      type="button"
      className={`nodrag nopan ${classes["add"] ?? ""}`}
      aria-label={name}
      aria-haspopup="dialog"
      data-spot={spot.kind}
      data-from={from}
      data-port={port}
      data-legal={legal || undefined}
      onClick={(event) => {
        event.stopPropagation();
        if (holding) {
          if (legal) verbs.place(holding.type, spot);
          return;
        }
        const { left, bottom } = event.currentTarget.getBoundingClientRect();
        editor.setState({ picker: { spot, at: [left, bottom + 4] } });
      }}
    >
      <IconPlus size={14} stroke={2} aria-hidden />
    </button>
  );
}
