import { ActionIcon, Menu } from "@mantine/core";
import { IconAlertCircle, IconAlertTriangle, IconDots, IconHourglass } from "@tabler/icons-react";
import { useTranslation } from "react-i18next";

import type { Check, Stats } from "@/api/editor";
import { AddButton } from "@/canvas/board/AddButton";
import { longMenu } from "@/canvas/menu/longMenu";
import { StepMenuItems } from "@/canvas/menu/StepMenuItems";
import { useDocument, useEditor, useEditorScope, useVerbs } from "@/canvas/state/EditorContext";
import { openStep } from "@/canvas/state/store";
import { usePending } from "@/canvas/state/usePending";
import { RowMarks } from "@/canvas/together/RowMarks";
import { beyond } from "@/flow/beyond";
import { edgeAt, nodeById } from "@/flow/graph";
import { groupOf } from "@/flow/groups";
import { StepIcon } from "@/nodes/StepIcon";
import { useFormat } from "@/ui/format";

import classes from "./Outline.module.css";

interface StepRowProps {
  id: string;
  /** Whether the Tab key stops at this row of all. */
  tabStop: boolean;
  check: Check | undefined;
  stats: Stats | undefined;
}

/** A step in the outline: opens its settings; beside it its menu, and the + that puts a step after it. */
export function StepRow({ id, tabStop, check, stats }: StepRowProps) {
  const { t } = useTranslation("editor");
  const { catalog, editor } = useEditorScope();
  const verbs = useVerbs();
  const document = useDocument();
  const readOnly = useEditor((state) => state.readOnly);
  const selected = useEditor((state) => state.selected.includes(id));
  const opened = useEditor((state) => state.open === id);
  const node = nodeById(document, id);
  if (!node) return null;
  const type = catalog.get(node.type);
  const exits = verbs.exitsOf(node);
  const [only] = exits;
  const edge = exits.length === 1 && only ? edgeAt(document, only.exit) : undefined;
  const label = type?.label ?? t("step.unknown");
  const group = groupOf(document, id);
  const summary = beyond(check?.summaries[id] ?? "", label);
  return (
    <>
      <button
        type="button"
        className={classes["step"]}
        data-kind={type?.kind ?? "unknown"}
        data-selected={selected || undefined}
        data-node={id}
        tabIndex={tabStop ? 0 : -1}
        aria-expanded={opened}
        aria-current={selected || undefined}
        onFocus={() => editor.setState({ home: "outline" })}
        onClick={(event) => {
          if (event.shiftKey || event.ctrlKey || event.metaKey || editor.getState().gathering) verbs.toggle(id);
          else if (!verbs.finishConnecting(id)) openStep(editor, id);
        }}
        onContextMenu={(event) => {
          event.preventDefault();
          editor.setState({ menu: { node: id, at: [event.clientX, event.clientY] } });
        }}
      >
        <span className={classes["icon"]} aria-hidden>
          <StepIcon type={type} size={16} />
        </span>
        <span className={classes["words"]}>
          <span className={classes["label"]}>{label}</span>
          {summary !== "" && (
            <>
              <span className="visually-hidden">. </span>
              <span className={classes["summary"]}>{summary}</span>
            </>
          )}
        </span>
        {group && <span className="visually-hidden">, {t("group.within", { name: group.name })}</span>}
        <RowMarks steps={[id]} />
        <Marks id={id} check={check} stats={stats} />
      </button>
      {edge && !readOnly && <AddButton spot={{ kind: "edge", edge }} />}
      <Menu {...longMenu}>
        <Menu.Target>
          <ActionIcon
            variant="subtle"
            color="gray"
            size={28}
            tabIndex={tabStop ? 0 : -1}
            aria-label={t("outline.more", { step: label })}
          >
            <IconDots size={16} />
          </ActionIcon>
        </Menu.Target>
        <Menu.Dropdown mah="70dvh" style={{ overflowY: "auto" }}>
          <StepMenuItems node={node} />
        </Menu.Dropdown>
      </Menu>
    </>
  );
}

/** Faults, and how many contacts are here. */
function Marks({ id, check, stats }: Pick<StepRowProps, "id" | "check" | "stats">) {
  const { t } = useTranslation("editor");
  const format = useFormat();
  const isPending = usePending();
  const own = check?.problems.filter((problem) => problem.node === id && !isPending(problem)) ?? [];
  const errors = own.filter((problem) => problem.severity === "error").length;
  const warnings = own.length - errors;
  const waiting = stats?.nodes[id]?.waiting ?? 0;
  return (
    <>
      {waiting > 0 && (
        <span className={`tabular ${classes["mark"] ?? ""}`}>
          <IconHourglass size={13} aria-hidden />
          <span aria-hidden>{format.compact(waiting)}</span>
          <span className="visually-hidden">. {t("counts.waiting", { count: waiting })}</span>
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
