import { ActionIcon, Menu } from "@mantine/core";
import { IconAlertCircle, IconAlertTriangle, IconChevronDown, IconChevronRight, IconDots, IconHourglass, IconStack2 } from "@tabler/icons-react";
import { useTranslation } from "react-i18next";

import type { Check, Stats } from "@/api/editor";
import { GroupCounts } from "@/canvas/board/GroupCard";
import type { Figured } from "@/canvas/board/useFigures";
import { longMenu } from "@/canvas/menu/longMenu";
import { CardMenuItems, GroupOfStepItems } from "@/canvas/menu/GroupMenuItems";
import { useDocument, useEditor, useEditorScope, useVerbs } from "@/canvas/state/EditorContext";
import { useRehearsal } from "@/canvas/rehearse/state";
import { usePending } from "@/canvas/state/usePending";
import { RowMarks } from "@/canvas/together/RowMarks";
import type { StepGroup } from "@/flow/document";
import { figuresOfGroup } from "@/flow/groupFigures";
import { useFormat } from "@/ui/format";

import classes from "./Outline.module.css";

interface GroupRowProps {
  group: StepGroup;
  /** The id of its card, while it is collapsed. */
  card: string | null;
  tabStop: boolean;
  check: Check | undefined;
  stats: Stats | undefined;
  figured: Figured;
}

/** A group in the outline: folds and unfolds its steps; beside it its menu. */
export function GroupRow({ group, card, tabStop, check, stats, figured: { figures } }: GroupRowProps) {
  const { t } = useTranslation("editor");
  const { editor } = useEditorScope();
  const verbs = useVerbs();
  const selected = useEditor((state) => group.nodes.every((id) => state.selected.includes(id)));
  const { lit } = useRehearsal();
  const taken = card === null ? undefined : lit?.some(({ node }) => group.nodes.includes(node));
  const Chevron = card === null ? IconChevronDown : IconChevronRight;
  return (
    <>
      <button
        type="button"
        className={classes["step"]}
        data-kind="group"
        data-selected={selected || undefined}
        data-rehearsed={taken === undefined ? undefined : taken ? "on" : "off"}
        data-node={card ?? undefined}
        data-group={group.id}
        tabIndex={card === null || tabStop ? 0 : -1}
        aria-expanded={card === null}
        aria-current={selected || undefined}
        onFocus={() => editor.setState({ home: "outline" })}
        onClick={(event) => {
          if (event.shiftKey || event.ctrlKey || event.metaKey || editor.getState().gathering) group.nodes.forEach(verbs.toggle);
          else if (card === null || !verbs.finishConnecting(card)) verbs.fold(group.id, card === null);
        }}
        onContextMenu={(event) => {
          event.preventDefault();
          verbs.openMenu(card ?? group.nodes[0] ?? null, [event.clientX, event.clientY]);
        }}
      >
        <Chevron size={14} aria-hidden />
        <span className={classes["icon"]} aria-hidden>
          <IconStack2 size={16} stroke={1.75} />
        </span>
        <span className={classes["words"]}>
          <span className="visually-hidden">{t("kind.group")}: </span>
          <span className={classes["label"]}>{group.name}</span>
          <span className="visually-hidden">. </span>
          <span className={classes["summary"]}>{t("edit.steps", { count: group.nodes.length })}</span>
        </span>
        {card !== null && <RowMarks steps={group.nodes} />}
        <Marks group={group} check={check} stats={card === null ? stats : undefined} />
      </button>
      <Menu {...longMenu}>
        <Menu.Target>
          <ActionIcon
            variant="subtle"
            color="gray"
            size={28}
            tabIndex={tabStop ? 0 : -1}
            aria-label={t("outline.more", { step: t("group.named", { name: group.name }) })}
          >
            <IconDots size={16} />
          </ActionIcon>
        </Menu.Target>
        <Menu.Dropdown mah="70dvh" style={{ overflowY: "auto" }}>
          {card === null ? <GroupOfStepItems node={group.nodes[0] ?? ""} /> : <CardMenuItems group={group} />}
        </Menu.Dropdown>
      </Menu>
      {card !== null && (
        <GroupCounts id={card} data={{ ...figures?.nodes[card], entered: figures?.entered[card] }} className={classes["counts"]} />
      )}
    </>
  );
}

/** Faults of its steps, and, of an open one, how many contacts came, are in it and went on. */
function Marks({ group, check, stats }: Pick<GroupRowProps, "group" | "check" | "stats">) {
  const { t } = useTranslation("editor");
  const { catalog } = useEditorScope();
  const format = useFormat();
  const isPending = usePending();
  const inside = check?.problems.filter(({ node }) => node !== null && group.nodes.includes(node)) ?? [];
  const own = inside.filter((problem) => !isPending(problem));
  const errors = own.filter(({ severity }) => severity === "error").length;
  const warnings = own.length - errors;
  const document = useDocument();
  const figures = stats && figuresOfGroup(document, catalog, group, stats);
  return (
    <>
      {figures && (
        <span className={`tabular ${classes["mark"] ?? ""}`}>
          {figures.waiting > 0 && (
            <>
              <IconHourglass size={13} aria-hidden />
              <span aria-hidden>{format.compact(figures.waiting)}</span>
              <span className="visually-hidden">. {t("counts.waiting", { count: figures.waiting })}</span>
            </>
          )}
          <span className="visually-hidden">
            . {t("counts.entered", { count: figures.entered })}. {t("counts.passed", { count: figures.passed })}
            {figures.failed > 0 && `. ${t("counts.failed", { count: figures.failed })}`}
          </span>
        </span>
      )}
      {errors > 0 && (
        <span className={classes["mark"]} data-severity="error">
          <IconAlertCircle size={14} aria-hidden />
          <span className="visually-hidden">. {t("step.errors", { count: errors })}</span>
        </span>
      )}
      {warnings > 0 && (
        <span className={classes["mark"]} data-severity="warning">
          <IconAlertTriangle size={14} aria-hidden />
          <span className="visually-hidden">. {t("step.warnings", { count: warnings })}</span>
        </span>
      )}
    </>
  );
}
