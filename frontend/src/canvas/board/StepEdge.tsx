import { useStepWords, useVerbs } from "@/canvas/state/EditorContext";
import { ActionIcon } from "@mantine/core";
import { IconRoute, IconTrash } from "@tabler/icons-react";
import { BaseEdge, EdgeLabelRenderer, type EdgeProps } from "@xyflow/react";
import { memo } from "react";
import { useTranslation } from "react-i18next";

import { useLivePeople } from "@/canvas/live/people";
import { useTaken } from "@/canvas/rehearse/state";
import { bendOf } from "@/flow/layout";
import { useFormat } from "@/ui/format";

import { AddButton } from "./AddButton";
import { countName } from "./countName";
import { cornersOf, roundPath } from "./edgePath";
import type { EdgeData, EdgeElement } from "./flowElements";
import classes from "./StepEdge.module.css";

/** Where the + stands below the port, and where the count does: clear of the word at the port, which may take two lines. */
const BELOW = { alone: { add: 40, count: 47 }, named: { add: 49, count: 50 } };

/** An edge, with the + that puts a step into it; its bin when selected, its count when live. */
export const StepEdge = memo(function StepEdge(props: EdgeProps<EdgeElement>) {
  const { sourceX, sourceY, targetX, targetY, data, selected = false } = props;
  const taken = useTaken(data ? [data.edge, ...data.others] : []);
  const [index = 0, count = 1] = data?.port ?? [];
  const lower = bendOf(index, count, (data?.lane ?? targetX) - sourceX);
  const below = BELOW[count > 1 ? "named" : "alone"][data?.readOnly ? "count" : "add"];
  const path = roundPath(cornersOf({ x: sourceX, y: sourceY }, { x: targetX, y: targetY }, data?.lane, lower));
  return (
    <>
      <BaseEdge
        path={path}
        interactionWidth={24}
        className={classes["line"] ?? ""}
        data-selected={selected || undefined}
        data-rehearsed={taken}
        data-hot={data?.width !== undefined || undefined}
        style={data?.width === undefined ? {} : { strokeWidth: data.width }}
      />
      {data && (
        <EdgeLabelRenderer>
          <div
            className={classes["tools"]}
            style={{ transform: `translate(-50%, -50%) translate(${String(sourceX)}px, ${String(sourceY + below)}px)` }}
            data-testid={`edge-${data.edge.from}-${data.edge.port}`}
          >
            {data.readOnly ? <EdgeCount data={data} /> : data.others.length === 0 && <AddButton spot={{ kind: "edge", edge: data.edge }} />}
            {selected && !data.readOnly && <EdgeTools edge={data.edge} />}
          </div>
        </EdgeLabelRenderer>
      )}
    </>
  );
});

/** How many took the edge, and, where flow is shown, which part of those who left the step; opens who they are. */
export function EdgeCount({ data: { edge, count, share } }: { data: Pick<EdgeData, "edge" | "count" | "share"> }) {
  const { t } = useTranslation(["editor", "reading"]);
  const format = useFormat();
  const showPeople = useLivePeople();
  if (count === undefined) return null;
  const part = share === undefined ? "" : format.percent(share);
  const shown = part === "" ? format.compact(count) : `${format.compact(count)} · ${part}`;
  const words = part === "" ? t("counts.passed", { count }) : t("reading:period.flow", { count, percent: part });
  return (
    <button
      type="button"
      className={`nodrag nopan tabular ${classes["count"] ?? ""}`}
      aria-label={countName(format, shown, words)}
      title={words}
      onClick={() => showPeople({ node: edge.from, state: "passed", port: edge.port })}
    >
      {shown}
    </button>
  );
}

/** What else can be done with the selected edge. */
function EdgeTools({ edge }: { edge: NonNullable<EdgeElement["data"]>["edge"] }) {
  const { t } = useTranslation("editor");
  const words = useStepWords();
  const verbs = useVerbs();
  const ends = { from: words.step(edge.from), to: words.step(edge.to) };
  const look = { className: "nodrag nopan", size: 28, radius: "xl", variant: "default" } as const;
  return (
    <div className={classes["more"]}>
      <ActionIcon {...look} aria-label={t("edge.lead", ends)} onClick={() => verbs.beginConnecting(edge)}>
        <IconRoute size={14} aria-hidden />
      </ActionIcon>
      <ActionIcon {...look} c="var(--cz-bad)" aria-label={t("edge.remove", ends)} onClick={() => verbs.disconnect(edge)}>
        <IconTrash size={14} aria-hidden />
      </ActionIcon>
    </div>
  );
}
