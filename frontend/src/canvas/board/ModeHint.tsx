import { Button } from "@mantine/core";
import { useTranslation } from "react-i18next";

import { useEditor, useEditorScope, useStepWords } from "@/canvas/state/EditorContext";

import classes from "./ModeHint.module.css";

/** Says what the next tap does while a step is held or to be moved, an edge waits for its end, or steps are gathered. */
export function ModeHint() {
  const { t } = useTranslation("editor");
  const { editor } = useEditorScope();
  const words = useStepWords();
  const holding = useEditor((state) => state.holding);
  const connecting = useEditor((state) => state.connecting);
  const moving = useEditor((state) => state.moving);
  const gathering = useEditor((state) => state.gathering && state.selected.length < 2);
  const message =
    holding?.by === "tap"
      ? t("hint.place", { step: words.type(holding.type) })
      : connecting?.by === "tap"
        ? t("hint.connect", { step: words.step(connecting.from) })
        : moving
          ? t("hint.move", { count: moving.length })
          : gathering
            ? t("hint.several")
            : null;
  if (message === null) return null;
  return (
    <div className={classes["hint"]} role="status">
      {message}
      <Button size="compact-xs" variant="default" flex="none" onClick={() => editor.setState({ holding: null, connecting: null, moving: null, gathering: false })}>
        {t("common.cancel")}
      </Button>
    </div>
  );
}
