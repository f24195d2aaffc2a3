import type { ConnectionLineComponentProps } from "@xyflow/react";

import classes from "./Board.module.css";

/** The edge while it is being drawn: solid where it may end, dashed elsewhere. */
export function ConnectionLine({ fromX, fromY, toX, toY, connectionStatus }: ConnectionLineComponentProps) {
  const bend = Math.max(40, Math.abs(toY - fromY) / 2);
  const [x1, y1, x2, y2] = [fromX, fromY, toX, toY].map((value) => Math.round(value)) as [number, number, number, number];
  return (
    <path
      className={classes["drawing"]}
      data-status={connectionStatus ?? "free"}
      d={`M${x1},${y1} C${x1},${y1 + bend} ${x2},${y2 - bend} ${x2},${y2}`}
      fill="none"
    />
  );
}
