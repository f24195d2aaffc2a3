import { IconArrowsMaximize, IconArrowsMinimize, IconArrowsMove, IconBoxOff, IconCopy, IconCopyPlus, IconFocusCentered, IconStack2, IconTrash, IconX } from "@tabler/icons-react";
import { useReactFlow } from "@xyflow/react";
import type { ComponentProps } from "react";
import { useTranslation } from "react-i18next";

import { fitSteps } from "@/canvas/board/distance";
import { useDocument, useDrawn, useEditor, useEditorScope, useVerbs } from "@/canvas/state/EditorContext";
import { groupMadeOf, groupOf } from "@/flow/groups";
import { IconButton } from "@/ui/actions/IconButton";

import classes from "./ContextMenu.module.css";
import { useCopying } from "./useCopying";

/** How many steps are selected, once there are several or each tap selects one more, and what can be done with all of them. */
export function SelectionBar() {
  const { t } = useTranslation("editor");
  const { editor } = useEditorScope();
  const verbs = useVerbs();
  const copying = useCopying();
  const flow = useReactFlow();
  const selected = useEditor((state) => state.selected);
  const readOnly = useEditor((state) => state.readOnly);
  const gathering = useEditor((state) => state.gathering);
  if (selected.length < 2 && !gathering) return null;
  return (
    <div className={classes["bar"]} role="toolbar" aria-label={t("selection.title")}>
      <span className={`tabular ${classes["count"] ?? ""}`}>{t("selection.count", { count: selected.length })}</span>
      <Grouping selected={selected} readOnly={readOnly} />
      <Act name={t("selection.fit")} onClick={() => fitSteps(flow, selected.map(verbs.shownAs))}>
        <IconFocusCentered size={18} />
      </Act>
      {copying && (
        <Act name={t("inspector.copy")} onClick={() => copying.copy(selected)}>
          <IconCopy size={18} />
        </Act>
      )}
      {!readOnly && (
        <>
          <Act name={t("inspector.duplicate")} onClick={() => verbs.duplicate(selected)}>
            <IconCopyPlus size={18} />
          </Act>
          <Act name={t("inspector.move")} onClick={() => verbs.beginMoving(selected)}>
            <IconArrowsMove size={18} />
          </Act>
          <Act name={t("selection.remove")} onClick={() => verbs.remove(selected)}>
            <IconTrash size={18} />
          </Act>
        </>
      )}
      <Act name={t("selection.clear")} onClick={() => editor.setState({ selected: [], edge: null, gathering: false })}>
        <IconX size={18} />
      </Act>
    </div>
  );
}

/** Putting what is selected under a name, folding it away, and the reverse. */
function Grouping({ selected, readOnly }: { selected: readonly string[]; readOnly: boolean }) {
  const { t } = useTranslation("editor");
  const verbs = useVerbs();
  const document = useDocument();
  const { cardOf } = useDrawn();
  const group = groupMadeOf(document, selected);
  const collapsed = group !== undefined && cardOf.has(group.nodes[0] ?? "");
  return (
    <>
      {group && (
        <Act
          name={t(collapsed ? "group.expand" : "group.collapse", { name: group.name })}
          onClick={() => verbs.fold(group.id, !collapsed)}
        >
          {collapsed ? <IconArrowsMaximize size={18} /> : <IconArrowsMinimize size={18} />}
        </Act>
      )}
      {!readOnly && !group && selected.length > 1 && (
        <Act name={t("group.make")} onClick={() => verbs.beginGrouping(selected)}>
          <IconStack2 size={18} />
        </Act>
      )}
      {!readOnly && selected.some((id) => groupOf(document, id)) && (
        <Act name={t("group.ungroup")} onClick={() => verbs.ungroup(selected)}>
          <IconBoxOff size={18} />
        </Act>
      )}
    </>
  );
}

function Act(props: ComponentProps<typeof IconButton>) {
  return <IconButton size={36} {...props} />;
}
