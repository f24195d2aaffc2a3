import { ViewportPortal } from "@xyflow/react";
import { memo } from "react";

import { bendOf, NODE_HEIGHT, NODE_WIDTH, portOffset } from "@/flow/layout";

import { cornersOf, roundPath } from "./edgePath";
import type { EdgeElement, StepElement } from "./flowElements";
import classes from "./Tiny.module.css";

interface TinyEdgesProps {
  nodes: readonly StepElement[];
  edges: readonly EdgeElement[];
}

/** All edges as few lines, one for each width: hundreds of pictures side by side would be slow to move about. */
export const TinyEdges = memo(function TinyEdges({ nodes, edges }: TinyEdgesProps) {
  const places = new Map(nodes.map(({ id, position }) => [id, position]));
  const lines = new Map<number | undefined, string[]>();
  for (const { source, target, data } of edges) {
    const [from, to] = [places.get(source), places.get(target)];
    if (!from || !to || !data) continue;
    const start = { x: from.x + NODE_WIDTH / 2 + portOffset(...data.port), y: from.y + NODE_HEIGHT };
    const end = { x: to.x + NODE_WIDTH / 2, y: to.y };
    const lower = bendOf(...data.port, (data.lane ?? end.x) - start.x);
    const path = roundPath(cornersOf(start, end, data.lane, lower));
    lines.set(data.width, [...(lines.get(data.width) ?? []), path]);
  }
  return (
    <ViewportPortal>
      <svg className={classes["edges"]} aria-hidden>
        {[...lines].map(([width, paths]) => (
          <path key={width ?? "usual"} d={paths.join("")} {...(width !== undefined && { strokeWidth: width })} />
        ))}
      </svg>
    </ViewportPortal>
  );
});
