import { IconAlertCircle, IconArrowNarrowRight, IconChevronDown, IconHourglass, IconLogin2 } from "@tabler/icons-react";
import type { NodeProps } from "@xyflow/react";
import { memo, type ReactNode } from "react";
import { useTranslation } from "react-i18next";

import type { PeopleFilter } from "@/api/editor";
import { FoundMark } from "@/canvas/find/FoundMark";
import { useLivePeople } from "@/canvas/live/people";
import { useRehearsal } from "@/canvas/rehearse/state";
import { useDrawn, useEditorScope } from "@/canvas/state/EditorContext";
import { GroupMarks } from "@/canvas/together/StepMarks";
import { StepIcon } from "@/nodes/StepIcon";
import { useFormat } from "@/ui/format";

import { countName } from "./countName";
import type { StepData, StepElement } from "./flowElements";
import classes from "./StepCard.module.css";
import { Colon, Entry, Exits, Faults, Rail, Stop } from "./StepCard";

/** A collapsed group on the canvas: its name, its steps, their faults together, and how many came, are inside and went on. */
export const GroupCard = memo(function GroupCard({ id, data, selected }: NodeProps<StepElement>) {
  const { t } = useTranslation("editor");
  const { verbs } = useEditorScope();
  const { lit } = useRehearsal();
  const { behind } = useDrawn();
  const { steps, type, target } = data;
  const taken = lit?.some(({ node }) => steps.includes(node));
  const expand = t("group.expand", { name: type?.label });
  return (
    <div
      className={`${classes["card"] ?? ""} ${classes["group"] ?? ""}`}
      data-selected={selected || undefined}
      data-target={target === undefined ? undefined : target ? "legal" : "illegal"}
      data-faulty={data.errors > 0 || undefined}
      data-counted={data.entered !== undefined || undefined}
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
      <GroupMarks steps={steps} />
      {steps.map((step) => (
        <FoundMark key={step} id={step} />
      ))}
      <GroupCounts id={id} data={data} />
      <Rail ports={data.ports.length} />
      <Exits id={id} data={data} behind={behind} />
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
        <Colon />
        <span className={classes["label"]}>{type?.label}</span>
        <Stop mark=". " />
        <span className={classes["summary"]}>{summary}</span>
      </span>
      <Faults errors={errors} warnings={warnings} />
    </button>
  );
}

interface GroupCountsProps {
  id: string;
  data: Partial<Pick<StepData, "entered" | "waiting" | "passed" | "failed">>;
  /** Where they stand; without it, on its card. */
  className?: string | undefined;
}

/** How many came into the group, are in it, failed there, and went on from it, each run once; the last three open who. */
export function GroupCounts({ id, data, className = classes["counts"] }: GroupCountsProps) {
  const { entered, waiting = 0, passed = 0, failed = 0 } = data;
  const { t } = useTranslation("editor");
  const format = useFormat();
  const showPeople = useLivePeople();
  const group = useDrawn().cards.get(id);
  if (entered === undefined || !group) return null;
  const show = (state: PeopleFilter["state"]) => () => showPeople({ node: null, group, state });
  const came = t("counts.entered", { count: entered });
  return (
    <div className={`nodrag tabular ${className ?? ""}`}>
      <span className={classes["count"]} title={came}>
        <IconLogin2 size={13} aria-hidden /> <span aria-hidden>{format.compact(entered)}</span>
        <span className="visually-hidden">{came}</span>
      </span>
      {waiting > 0 && (
        <Count count={waiting} words={t("counts.waiting", { count: waiting })} onClick={show("active")}>
          <IconHourglass size={13} aria-hidden />
        </Count>
      )}
      <Count count={passed} words={t("counts.passed", { count: passed })} onClick={show("passed")}>
        <IconArrowNarrowRight size={13} aria-hidden />
      </Count>
      {failed > 0 && (
        <Count failed count={failed} words={t("counts.failed", { count: failed })} onClick={show("failed")}>
          <IconAlertCircle size={13} aria-hidden />
        </Count>
      )}
    </div>
  );
}

interface CountProps {
  count: number;
  words: string;
  failed?: boolean;
  onClick: () => void;
  children: ReactNode;
}

function Count({ count, words, failed, onClick, children }: CountProps) {
  const format = useFormat();
  const shown = format.compact(count);
  return (
    <button
      type="button"
      className={classes["count"]}
      aria-label={countName(format, shown, words)}
      title={words}
      data-failed={failed}
      onClick={(event) => {
        event.stopPropagation();
        onClick();
      }}
    >
      {children} {shown}
    </button>
  );
}
