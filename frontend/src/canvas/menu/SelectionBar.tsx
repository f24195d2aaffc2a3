import { ActionIcon, Tooltip } from "@mantine/core";
import { IconArrowsMove, IconCopy, IconCopyPlus, IconTrash, IconX } from "@tabler/icons-react";
import type { ReactNode } from "react";
import { useTranslation } from "react-i18next";

import { useEditor, useEditorScope, useVerbs } from "@/canvas/state/EditorContext";
import { select } from "@/canvas/state/store";

import classes from "./ContextMenu.module.css";
import { useCopying } from "./useCopying";

/** How many steps are selected, once there are several, and what can be done with all of them. */
export function SelectionBar() {
  const { t } = useTranslation("editor");
  const { editor } = useEditorScope();
  const verbs = useVerbs();
  const copying = useCopying();
  const selected = useEditor((state) => state.selected);
  const readOnly = useEditor((state) => state.readOnly);
  if (selected.length < 2) return null;
  return (
    <div className={classes["bar"]} role="toolbar" aria-label={t("selection.title")}>
      <span className={`tabular ${classes["count"] ?? ""}`}>{t("selection.count", { count: selected.length })}</span>
      {copying && (
        <Tool name={t("inspector.copy")} onClick={() => copying.copy(selected)}>
          <IconCopy size={18} />
        </Tool>
      )}
      {!readOnly && (
        <>
          <Tool name={t("inspector.duplicate")} onClick={() => verbs.duplicate(selected)}>
            <IconCopyPlus size={18} />
          </Tool>
          <Tool name={t("inspector.move")} onClick={() => verbs.beginMoving(selected)}>
            <IconArrowsMove size={18} />
          </Tool>
          <Tool name={t("selection.remove")} onClick={() => verbs.remove(selected)}>
            <IconTrash size={18} />
          </Tool>
        </>
      )}
      <Tool name={t("selection.clear")} onClick={() => select(editor, [])}>
        <IconX size={18} />
      </Tool>
    </div>
  );
}

function Tool({ name, onClick, children }: { name: string; onClick: () => void; children: ReactNode }) {
  return (
    <Tooltip label={name}>
      <ActionIcon variant="subtle" color="gray" size={36} aria-label={name} onClick={onClick}>
        {children}
      </ActionIcon>
    </Tooltip>
  );
}
