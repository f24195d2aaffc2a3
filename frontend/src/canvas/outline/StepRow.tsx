import { ActionIcon, Menu } from "@mantine/core";
import { IconAlertCircle, IconAlertTriangle, IconDots, IconRoute } from "@tabler/icons-react";
import { useTranslation } from "react-i18next";

import type { Check } from "@/api/editor";
import { AddButton } from "@/canvas/board/AddButton";
import { countsAt } from "@/canvas/board/flowElements";
import { StepCounts } from "@/canvas/board/StepCounts";
import type { Figured } from "@/canvas/board/useFigures";
import { useFind } from "@/canvas/find/FindContext";
import { longMenu } from "@/canvas/menu/longMenu";
import { StepMenuItems } from "@/canvas/menu/StepMenuItems";
import { useTrace } from "@/canvas/rehearse/state";
import { useDocument, useEditor, useEditorScope, useVerbs } from "@/canvas/state/EditorContext";
import { openStep } from "@/canvas/state/store";
import { usePending } from "@/canvas/state/usePending";
import { RowMarks } from "@/canvas/together/RowMarks";
import { beyond } from "@/flow/beyond";
import type { FlowNode } from "@/flow/document";
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
  figured: Figured;
}

/** A step in the outline: opens its settings; beside it its menu, and the + that puts a step after it; below its counts. */
export function StepRow({ id, tabStop, check, figured: { figures, heat } }: StepRowProps) {
  const { t } = useTranslation("editor");
  const { catalog } = useEditorScope();
  const verbs = useVerbs();
  const document = useDocument();
  const readOnly = useEditor((state) => state.readOnly);
  const node = nodeById(document, id);
  if (!node) return null;
  const exits = verbs.exitsOf(node);
  const [only] = exits;
  const edge = exits.length === 1 && only ? edgeAt(document, only.exit) : undefined;
  const label = catalog.get(node.type)?.label ?? t("step.unknown");
  const { waiting, passed, failed } = countsAt(figures, id, readOnly) ?? {};
  return (
    <>
      <Face node={node} tabStop={tabStop} check={check} />
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
      <StepCounts
        id={id}
        waiting={waiting}
        passed={passed}
        failed={failed}
        lost={heat?.lost.get(id)}
        className={classes["counts"]}
      />
    </>
  );
}

interface FaceProps extends Pick<StepRowProps, "tabStop" | "check"> {
  node: FlowNode;
}

function Face({ node, tabStop, check }: FaceProps) {
  const { t } = useTranslation("editor");
  const { catalog, editor } = useEditorScope();
  const verbs = useVerbs();
  const document = useDocument();
  const { id } = node;
  const selected = useEditor((state) => state.selected.includes(id));
  const opened = useEditor((state) => state.open === id);
  const { found, current } = useFind();
  const trace = useTrace(id);
  const type = catalog.get(node.type);
  const label = type?.label ?? t("step.unknown");
  const group = groupOf(document, id);
  const summary = beyond(check?.summaries[id] ?? "", label);
  return (
    <button
      type="button"
      className={classes["step"]}
      data-kind={type?.kind ?? "unknown"}
      data-selected={selected || undefined}
      data-rehearsed={trace === undefined ? undefined : trace ? "on" : "off"}
      data-found={found.has(id) ? (current === id ? "current" : "other") : undefined}
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
      <LitMark id={id} />
      <Marks id={id} check={check} />
    </button>
  );
}

/** That the contact of the lit way came past, and when. */
function LitMark({ id }: { id: string }) {
  const { t } = useTranslation("rehearsals");
  const format = useFormat();
  const step = useTrace(id);
  if (!step) return null;
  return (
    <span className={`tabular ${classes["mark"] ?? ""}`} data-lit>
      <IconRoute size={13} aria-hidden />
      <span className="visually-hidden">. {t("trace")} </span>
      <time dateTime={step.at}>{format.time(step.at)}</time>
    </span>
  );
}

/** Faults. */
function Marks({ id, check }: Pick<StepRowProps, "id" | "check">) {
  const { t } = useTranslation("editor");
  const isPending = usePending();
  const own = check?.problems.filter((problem) => problem.node === id && !isPending(problem)) ?? [];
  const errors = own.filter((problem) => problem.severity === "error").length;
  const warnings = own.length - errors;
  return (
    <>
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
