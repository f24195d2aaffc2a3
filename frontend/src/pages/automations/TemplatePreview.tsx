import { useCatalog } from "@/api/editor";
import type { AutomationDocument } from "@/flow/document";
import { NODE_HEIGHT, NODE_WIDTH } from "@/flow/layout";

import { previewOf } from "./preview";
import classes from "./TemplateGallery.module.css";

const card = { width: NODE_WIDTH, height: NODE_HEIGHT };
const margin = 30;

/** The picture of a template; its name and description say the rest, so it is hidden from screen readers. */
export function TemplatePreview({ document }: { document: AutomationDocument }) {
  const catalog = useCatalog().data;
  if (!catalog || document.nodes.length === 0) return <span className={classes["preview"]} />;
  const { nodes, edges } = previewOf(document, catalog);
  const xs = nodes.map(({ x }) => x);
  const ys = nodes.map(({ y }) => y);
  const [left, top] = [Math.min(...xs) - margin, Math.min(...ys) - margin];
  const width = Math.max(...xs) - left + card.width + margin;
  const height = Math.max(...ys) - top + card.height + margin;
  return (
    <svg className={classes["preview"]} viewBox={`${left} ${top} ${width} ${height}`} aria-hidden>
      {edges.map(({ key, from, to }) => {
        const [x1, y1, x2, y2] = [from.x + card.width / 2, from.y + card.height, to.x + card.width / 2, to.y];
        const middle = (y1 + y2) / 2;
        return <path key={key} className={classes["edge"]} d={`M${x1} ${y1}C${x1} ${middle} ${x2} ${middle} ${x2} ${y2}`} />;
      })}
      {nodes.map(({ id, x, y, kind }) => (
        <rect key={id} x={x} y={y} width={card.width} height={card.height} rx={18} className={classes["node"]} data-kind={kind} />
      ))}
    </svg>
  );
}
