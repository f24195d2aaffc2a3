import { memo, useMemo } from "react";

import { useFind } from "@/canvas/find/FindContext";
import { useTogether } from "@/canvas/together/TogetherContext";
import { NODE_HEIGHT, NODE_WIDTH, portOffset } from "@/flow/layout";
import { useFormat } from "@/ui/format";

import type { EdgeElement, StepElement } from "./flowElements";
import classes from "./Tiny.module.css";
import { ringsOf } from "./tinyShapes";

/** Where a line says how many took it, below its step. */
const BELOW = 46;

/** Steps that the search found: seen from as far as their cards are. */
export function TinyFinds({ nodes }: { nodes: readonly StepElement[] }) {
  const { found, current } = useFind();
  const [all, one] = useMemo(
    () => [ringsOf(nodes, (step) => found.has(step)), ringsOf(nodes, (step) => step === current)],
    [nodes, found, current],
  );
  return (
    <>
      {all !== "" && <path className={classes["found"]} d={all} data-testid="tiny-found" />}
      {one !== "" && <path className={classes["found"]} d={one} data-current data-testid="tiny-current" />}
    </>
  );
}

/** How many conversations about a step are open. */
export function TinyTalk({ nodes }: { nodes: readonly StepElement[] }) {
  const { threads } = useTogether();
  const open = useMemo(
    () => Map.groupBy(threads.filter(({ resolved_at }) => resolved_at === null), ({ node }) => node),
    [threads],
  );
  return nodes.map(({ id, position: { x, y }, data }) => {
    const count = data.steps.reduce((sum, step) => sum + (open.get(step)?.length ?? 0), 0);
    return (
      count > 0 && (
        <g key={id} className={classes["talk"]} data-testid={`tiny-talk-${id}`}>
          <circle cx={x + NODE_WIDTH - 24} cy={y} r={26} />
          <text x={x + NODE_WIDTH - 24} y={y}>
            {count}
          </text>
        </g>
      )
    );
  });
}

/** How many stand at each step, went on and failed, and which part was lost; on the lines, how many took them, or which part. */
export const TinyCounts = memo(function TinyCounts({ nodes, edges }: { nodes: readonly StepElement[]; edges: readonly EdgeElement[] }) {
  const format = useFormat();
  const places = useMemo(() => new Map(nodes.map(({ id, position }) => [id, position])), [nodes]);
  return (
    <g className={classes["counts"]}>
      {nodes.map(({ id, position: { x, y }, data: { waiting = 0, passed, failed = 0, lost = 0 } }) => {
        return (
          passed !== undefined && (
            <text key={id} x={x + NODE_WIDTH / 2} y={y + NODE_HEIGHT} data-testid={`tiny-counts-${id}`}>
              {waiting > 0 && <tspan data-is="waiting">{`● ${format.compact(waiting)}  `}</tspan>}
              <tspan>{`→ ${format.compact(passed)}`}</tspan>
              {failed > 0 && <tspan data-is="failed">{`  ! ${format.compact(failed)}`}</tspan>}
              {lost > 0 && <tspan data-is="lost">{`  −${format.percent(lost)}`}</tspan>}
            </text>
          )
        );
      })}
      {edges.map(({ id, source, data }) => {
        const from = places.get(source);
        if (!from || !data?.readOnly || data.count === undefined) return null;
        return (
          <text key={id} x={from.x + NODE_WIDTH / 2 + portOffset(...data.port)} y={from.y + NODE_HEIGHT + BELOW}>
            {data.share === undefined ? format.compact(data.count) : format.percent(data.share)}
          </text>
        );
      })}
    </g>
  );
});
