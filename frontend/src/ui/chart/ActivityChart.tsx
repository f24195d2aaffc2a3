import classes from "./ActivityChart.module.css";

interface ActivityChartProps {
  /** Entered per day, oldest first. */
  entered: number[];
  /** Finished per day, oldest first. */
  finished: number[];
  /** The chart in words. */
  label: string;
}

const height = 28;
const step = 4;

/** Days as bars (entered) under a line (finished). A chart library would weigh more than the first page. */
export function ActivityChart({ entered, finished, label }: ActivityChartProps) {
  const most = Math.max(1, ...entered, ...finished);
  const y = (count: number) => height - Math.max(count > 0 ? 2 : 0, (count / most) * (height - 2));
  const line = finished.map((count, day) => `${day * step + 1.5},${y(count)}`).join(" ");
  const width = entered.length * step;
  return (
    <svg className={classes["chart"]} viewBox={`0 0 ${width} ${height}`} width={width} height={height} role="img" aria-label={label}>
      <line x1={0} x2={width} y1={height - 0.5} y2={height - 0.5} className={classes["base"]} />
      {entered.map((count, day) => (
        // oxlint-disable-next-line react/no-array-index-key -- a day is its place in the row
        <rect key={day} x={day * step} y={y(count)} width={3} height={height - y(count)} rx={0.5} className={classes["bar"]} />
      ))}
      <polyline points={line} className={classes["line"]} />
    </svg>
  );
}
