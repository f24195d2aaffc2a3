import { IconAlertCircle, IconArrowNarrowRight, IconChevronDown, IconHourglass, IconLogin2 } from "@tabler/icons-react";
import type { NodeProps } from "@xyflow/react";
import { memo, type ReactNode } from "react";
import { useTranslation } from "react-i18next";

import { FoundMark } from "@/canvas/find/FoundMark";
import { useRehearsal } from "@/canvas/rehearse/state";
import { useEditorScope } from "@/canvas/state/EditorContext";
import { StepIcon } from "@/nodes/StepIcon";
import { useFormat } from "@/ui/format";

import type { StepData, StepElement } from "./flowElements";
import classes from "./StepCard.module.css";
import { Entry, Exits, Faults, Rail, Stop } from "./StepCard";

/** A collapsed group on the canvas: its name, its steps, their faults together, and how many came, are inside and went on. */
export const GroupCard = memo(function GroupCard({ id, data, selected }: NodeProps<StepElement>) {
  const { t } = useTranslation("editor");
  const { verbs } = useEditorScope();
  const { trial } = useRehearsal();
  const { steps, type, target } = data;
  const taken = trial?.steps.some(({ node }) => steps.includes(node));
  const expand = t("group.expand", { name: type?.label });
  return (
    <div
      className={`${classes["card"] ?? ""} ${classes["group"] ?? ""}`}
      data-selected={selected || undefined}
      data-target={target === undefined ? undefined : target ? "legal" : "illegal"}
      data-faulty={data.errors > 0 || undefined}
      data-rehearsed={taken === undefined ? undefined : taken ? "on" : "off"}
    >
      <Entry />
      <Face id={id} data={data} />
      <button
        type="button"
        className={`nodrag ${classes["expand"] ?? ""}`}
        tabIndex={-1}
        aria-label={expand}
        title={expand}
        onClick={(event) => {
          event.stopPropagation();
          verbs.enter(id);
        }}
      >
        <IconChevronDown size={16} aria-hidden />
      </button>
      {steps.map((step) => (
        <FoundMark key={step} id={step} />
      ))}
      <GroupCounts data={data} />
      <Rail ports={data.ports.length} />
      <Exits id={id} data={data} />
    </div>
  );
});

function Face({ id, data: { type, summary, errors, warnings, tabStop } }: { id: string; data: StepData }) {
  const { t } = useTranslation("editor");
  const { editor, verbs } = useEditorScope();
  return (
    <button
      type="button"
      className={classes["face"]}
      tabIndex={tabStop ? 0 : -1}
      aria-expanded={false}
      data-testid={`node-${id}`}
      data-node={id}
      onFocus={() => editor.setState({ home: "board" })}
      onDoubleClick={() => verbs.enter(id)}
    >
      <span className={classes["icon"]} aria-hidden>
        <StepIcon type={type} />
      </span>
      <span className={classes["words"]}>
        <span className={classes["kind"]}>{t("kind.group")}</span>
        <Stop mark=": " />
        <span className={classes["label"]}>{type?.label}</span>
        <Stop mark=". " />
        <span className={classes["summary"]}>{summary}</span>
      </span>
      <Faults errors={errors} warnings={warnings} />
    </button>
  );
}

/** How many came into the group, are in it, failed there, and went on from it: each run once. */
function GroupCounts({ data: { entered, waiting = 0, passed = 0, failed = 0 } }: { data: StepData }) {
  const { t } = useTranslation("editor");
  if (entered === undefined) return null;
  return (
    <div className={`nodrag tabular ${classes["counts"] ?? ""}`}>
      <Count count={entered} words={t("counts.entered", { count: entered })} icon={<IconLogin2 size={13} aria-hidden />} />
      {waiting > 0 && (
        <Count count={waiting} words={t("counts.waiting", { count: waiting })} icon={<IconHourglass size={13} aria-hidden />} />
      )}
      <Count
        count={passed}
        words={t("counts.passed", { count: passed })}
        icon={<IconArrowNarrowRight size={13} aria-hidden />}
      />
      {failed > 0 && (
        <Count
          failed
          count={failed}
          words={t("counts.failed", { count: failed })}
          icon={<IconAlertCircle size={13} aria-hidden />}
        />
      )}
    </div>
  );
}

function Count({ count, words, icon, failed }: { count: number; words: string; icon: ReactNode; failed?: boolean }) {
  const format = useFormat();
  return (
    <span className={classes["count"]} title={words} data-failed={failed}>
      {icon} <span aria-hidden>{format.compact(count)}</span>
      <span className="visually-hidden">{words}</span>
    </span>
  );
}
