import { Handle, type NodeProps, Position, useUpdateNodeInternals } from "@xyflow/react";
import { IconAlertCircle, IconAlertTriangle, IconCheck, IconX } from "@tabler/icons-react";
import { memo, useEffect, useRef } from "react";
import { useTranslation } from "react-i18next";

import { beyond } from "@/flow/beyond";
import { isTrigger } from "@/flow/catalog";
import { useTaken, useTrace } from "@/canvas/rehearse/state";
import { TraceNote } from "@/canvas/rehearse/TraceNote";
import { useEditorScope } from "@/canvas/state/EditorContext";
import { FoundMark } from "@/canvas/find/FoundMark";
import { openStep } from "@/canvas/state/store";
import { StepMarks } from "@/canvas/together/StepMarks";
import { type Exit, exitKey } from "@/flow/document";
import type { Drawn } from "@/flow/drawn";
import { NODE_WIDTH, PORT_GAP, portOffset } from "@/flow/layout";
import { useFormat } from "@/ui/format";
import { hint } from "@/ui/hint/hint";
import { StepIcon } from "@/nodes/StepIcon";

import { AddButton } from "./AddButton";
import type { StepData, StepElement } from "./flowElements";
import classes from "./StepCard.module.css";
import { StepCounts } from "./StepCounts";

/** Letters of a word at a port that its two lines surely hold. */
const LONG = 26;

/** One step on the canvas: kind, name, what it does in a sentence, faults, counts, and its ways out. */
export const StepCard = memo(function StepCard({ id, data, selected }: NodeProps<StepElement>) {
  const { catalog } = useEditorScope();
  const { step, type, target } = data;
  const trace = useTrace(id);
  return (
    <div
      className={classes["card"]}
      data-kind={type?.kind ?? "unknown"}
      data-selected={selected || undefined}
      data-open={data.opened || undefined}
      data-target={target === undefined ? undefined : target ? "legal" : "illegal"}
      data-faulty={data.errors > 0 || undefined}
      data-rehearsed={trace === undefined ? undefined : trace ? "on" : "off"}
    >
      {!isTrigger(step, catalog) && <Entry />}
      <Face id={id} data={data} />
      {trace ? <TraceNote id={id} said={data.summary} /> : <StepMarks id={id} />}
      <FoundMark id={id} />
      <StepCounts id={id} waiting={data.waiting} passed={data.passed} failed={data.failed} lost={data.lost} />
      <Rail ports={data.ports.length} />
      <Exits id={id} data={data} behind={none} />
    </div>
  );
});

const none: Drawn["behind"] = new Map();

export function Entry() {
  return <Handle type="target" position={Position.Top} isConnectableStart={false} className={classes["entry"] ?? ""} />;
}

function Face({ id, data }: { id: string; data: StepData }) {
  const { t } = useTranslation("editor");
  const { editor } = useEditorScope();
  const { type, step, summary, errors, warnings } = data;
  const kind = t(`kind.${type?.kind ?? "unknown"}`);
  const label = type?.label ?? t("step.unknown");
  const said = beyond(summary, label);
  const known = said === "" && (errors > 0 || data.pending) ? t("step.not_set_up") : said;
  const sentence = type ? known : t("step.unknown_type", { type: step.type });
  return (
    <button
      type="button"
      className={classes["face"]}
      tabIndex={data.tabStop ? 0 : -1}
      aria-expanded={data.opened}
      data-testid={`node-${id}`}
      data-node={id}
      onFocus={() => editor.setState({ home: "board" })}
      onDoubleClick={() => editor.getState().gathering || openStep(editor, id)}
    >
      <span className={classes["icon"]} aria-hidden>
        <StepIcon type={type} />
      </span>
      <span className={classes["words"]}>
        <span className={classes["kind"]}>{kind}</span>
        <Colon />
        <span className={classes["label"]}>{label}</span>
        {sentence !== "" && (
          <>
            <Stop mark=". " />
            <span className={classes["summary"]}>{sentence}</span>
          </>
        )}
      </span>
      <Faults errors={errors} warnings={warnings} />
    </button>
  );
}

/** What parts the words for those who hear them. */
export function Stop({ mark }: { mark: string }) {
  return <span className="visually-hidden">{mark}</span>;
}

/** Parts the kind from the name. */
export function Colon() {
  return <Stop mark={`${useFormat().naming("")} `} />;
}

export function Faults({ errors, warnings }: Pick<StepData, "errors" | "warnings">) {
  const { t } = useTranslation("editor");
  if (errors + warnings === 0) return null;
  return (
    <span className={classes["faults"]}>
      {errors > 0 && (
        <span className={classes["error"]}>
          <IconAlertCircle size={14} aria-hidden />
          <span aria-hidden>{errors}</span>
          <span className="visually-hidden">{t("step.errors", { count: errors })}</span>
        </span>
      )}
      {warnings > 0 && (
        <span className={classes["warning"]}>
          <IconAlertTriangle size={14} aria-hidden />
          <span aria-hidden>{warnings}</span>
          <span className="visually-hidden">{t("step.warnings", { count: warnings })}</span>
        </span>
      )}
    </span>
  );
}

/** What joins ports that stand beside the card to it. */
export function Rail({ ports }: { ports: number }) {
  const width = (ports - 1) * PORT_GAP;
  return width > NODE_WIDTH && <span className={classes["rail"]} style={{ width }} aria-hidden />;
}

interface ExitsProps {
  id: string;
  data: StepData;
  /** The ways that those of a group's card stand for. */
  behind: Drawn["behind"];
}

export function Exits({ id, data, behind }: ExitsProps) {
  useMeasuredAgain(id, data.ports.map((port) => port.key).join(" "));
  return data.ports.map(({ key }, index) => {
    const exit = { from: id, port: key };
    return <Way key={key} exit={exit} index={index} data={data} ways={behind.get(exitKey(exit)) ?? [exit]} />;
  });
}

interface WayProps {
  exit: Exit;
  index: number;
  data: StepData;
  ways: readonly Exit[];
}

/** A way out: its port, its word, and, where it leads nowhere yet, the + and how many left by it. */
function Way({ exit, index, data: { ports, open, left, readOnly }, ways }: WayProps) {
  const taken = useTaken(ways);
  const isOpen = open.split(" ").includes(exit.port);
  const label = ports[index]?.label ?? "";
  return (
    <div
      className={classes["exit"]}
      style={{ left: `calc(50% + ${String(portOffset(index, ports.length))}px)` }}
      data-taken={taken}
      data-testid={`exit-${exit.from}-${exit.port}`}
    >
      <Handle
        type="source"
        id={exit.port}
        position={Position.Bottom}
        className={classes["port"] ?? ""}
        data-second={(ports.length === 2 && index === 1) || undefined}
        {...(label.length > LONG && hint(label))}
      />
      {ports.length > 1 && (
        <span className={classes["word"]}>
          <Answer port={exit.port} />
          {label}
        </span>
      )}
      {isOpen && !readOnly && (
        <div className={classes["end"]} data-testid={`end-${exit.from}-${exit.port}`}>
          <span className={classes["stem"]} aria-hidden />
          <AddButton spot={{ kind: "end", exit }} />
        </div>
      )}
      {isOpen && <Leavers count={left[index]} />}
    </div>
  );
}

/** Yes and no by shape too: colours alone tell nothing to many. */
function Answer({ port }: { port: string }) {
  if (port === "yes") return <IconCheck size={11} stroke={3} aria-hidden />;
  if (port === "no") return <IconX size={11} stroke={3} aria-hidden />;
  return null;
}

/** React Flow looks where the ports stand once; after a change it must be told to look again. */
function useMeasuredAgain(id: string, ports: string): void {
  const look = useUpdateNodeInternals();
  const seen = useRef(ports);
  useEffect(() => {
    if (seen.current !== ports) look(id);
    seen.current = ports;
  }, [id, ports, look]);
}

/** How many left the automation by an open end. */
function Leavers({ count }: { count: number | undefined }) {
  const { t } = useTranslation("editor");
  const format = useFormat();
  if (count === undefined) return null;
  return (
    <span className={`tabular ${classes["leavers"] ?? ""}`} title={t("counts.left", { count })}>
      {format.compact(count)}
      <span className="visually-hidden">{t("counts.left", { count })}</span>
    </span>
  );
}
