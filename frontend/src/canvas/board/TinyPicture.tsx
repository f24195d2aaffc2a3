import { useStore, useStoreApi } from "@xyflow/react";
import { memo, useLayoutEffect, useMemo, useRef } from "react";
import { useTranslation } from "react-i18next";

import { bendOf, NODE_HEIGHT, NODE_WIDTH, portOffset } from "@/flow/layout";

import { boxAround } from "./box";
import { WORDLESS } from "./distance";
import { cornersOf, roundPath } from "./edgePath";
import type { EdgeElement, StepElement } from "./flowElements";
import classes from "./Tiny.module.css";

interface TinyPictureProps {
  nodes: readonly StepElement[];
  edges: readonly EdgeElement[];
}

/** Room for what is drawn beside cards: edges that go round, thick lines. */
const AROUND = 400;
/** What fits on a card in large letters. */
const LETTERS = 18;

/**
 * Steps and edges as few shapes, one for each look, in a layer of their own as large as it is seen: moving the canvas
 * shifts the layer, and neither draws a component nor paints anything.
 */
export const TinyPicture = memo(function TinyPicture({ nodes, edges }: TinyPictureProps) {
  const { t } = useTranslation("editor");
  const wordless = useStore((state) => state.transform[2] < WORDLESS);
  const lines = useMemo(() => linesOf(nodes, edges), [nodes, edges]);
  const cards = useMemo(() => cardsOf(nodes), [nodes]);
  const box = useMemo(() => boxAround(nodes, AROUND), [nodes]);
  const layer = useLayer(box);
  return (
    <svg ref={layer} className={classes["picture"]} viewBox={box.join(" ")} aria-hidden>
      {lines.map(([width, path]) => (
        <path key={width ?? "usual"} className={classes["edges"]} d={path} {...(width !== undefined && { strokeWidth: width })} />
      ))}
      {cards.map(([look, path]) => {
        const [kind, faulty, selected] = look.split(" ");
        return <path key={look} className={classes["cards"]} d={path} data-kind={kind} data-faulty={faulty} data-selected={selected} />;
      })}
      {!wordless && (
        <g className={classes["names"]}>
          {nodes.map(({ id, position: { x, y }, data }) => (
            <text key={id} x={x + NODE_WIDTH / 2} y={y + NODE_HEIGHT / 2}>
              {shortened(data.type?.label ?? t("step.unknown"))}
            </text>
          ))}
        </g>
      )}
    </svg>
  );
});

/** Keeps the layer where the canvas stands, and as large. */
function useLayer(box: readonly [left: number, top: number, width: number, height: number]) {
  const store = useStoreApi();
  const layer = useRef<SVGSVGElement>(null);
  useLayoutEffect(() => {
    const [left, top, width, height] = box;
    let drawn = 0;
    const put = (): void => {
      const [x, y, zoom] = store.getState().transform;
      const svg = layer.current;
      if (!svg) return;
      svg.style.transform = `translate(${String(x + left * zoom)}px, ${String(y + top * zoom)}px)`;
      if (zoom === drawn) return;
      drawn = zoom;
      svg.setAttribute("width", String(width * zoom));
      svg.setAttribute("height", String(height * zoom));
    };
    put();
    return store.subscribe((now, before) => {
      if (now.transform !== before.transform) put();
    });
  }, [box, store]);
  return layer;
}

function cardsOf(nodes: readonly StepElement[]): (readonly [look: string, path: string])[] {
  return joined(
    nodes.map(({ data, position, selected }) => {
      const kind = data.type?.kind ?? "unknown";
      const look = [kind, data.errors > 0, (selected ?? false) || data.opened].join(" ");
      return [look, cardPath(position.x, position.y, kind === "trigger" ? NODE_HEIGHT / 2 : 16)] as const;
    }),
  );
}

function cardPath(x: number, y: number, radius: number): string {
  const [across, down] = [NODE_WIDTH - 2 * radius, NODE_HEIGHT - 2 * radius];
  const turn = (dx: number, dy: number) => `a${[radius, radius, 0, 0, 1, dx * radius, dy * radius].join(" ")}`;
  return [
    `M${String(x + radius)} ${String(y)}h${String(across)}`,
    `${turn(1, 1)}v${String(down)}`,
    `${turn(-1, 1)}h${String(-across)}`,
    `${turn(-1, -1)}v${String(-down)}${turn(1, -1)}z`,
  ].join("");
}

function linesOf(nodes: readonly StepElement[], edges: readonly EdgeElement[]) {
  const places = new Map(nodes.map(({ id, position }) => [id, position]));
  return joined(
    edges.flatMap(({ source, target, data }) => {
      const [from, to] = [places.get(source), places.get(target)];
      if (!from || !to || !data) return [];
      const start = { x: from.x + NODE_WIDTH / 2 + portOffset(...data.port), y: from.y + NODE_HEIGHT };
      const end = { x: to.x + NODE_WIDTH / 2, y: to.y };
      const lower = bendOf(...data.port, (data.lane ?? end.x) - start.x);
      return [[data.width, roundPath(cornersOf(start, end, data.lane, lower))] as const];
    }),
  );
}

/** One path for all that look alike. */
function joined<Look>(shapes: readonly (readonly [look: Look, path: string])[]): (readonly [look: Look, path: string])[] {
  const alike = Map.groupBy(shapes, ([look]) => look);
  return [...alike].map(([look, paths]) => [look, paths.map(([, path]) => path).join("")] as const);
}

function shortened(name: string): string {
  return name.length > LETTERS ? `${name.slice(0, LETTERS - 1)}…` : name;
}
