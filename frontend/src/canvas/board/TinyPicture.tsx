import { useStore, useStoreApi } from "@xyflow/react";
import { memo, useLayoutEffect, useMemo, useRef } from "react";
import { useTranslation } from "react-i18next";

import { useRehearsal } from "@/canvas/rehearse/state";
import { NODE_HEIGHT, NODE_WIDTH } from "@/flow/layout";

import { boxAround } from "./box";
import { WORDLESS } from "./distance";
import type { EdgeElement, StepElement } from "./flowElements";
import classes from "./Tiny.module.css";
import { TinyCounts, TinyFinds, TinyTalk } from "./TinyMarks";
import { cardsOf, linesOf, litBy, rehearsedOf } from "./tinyShapes";

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
  const way = useRehearsal().lit;
  const lit = useMemo(() => litBy(way), [way]);
  const lines = useMemo(() => linesOf(nodes, edges, lit), [nodes, edges, lit]);
  const cards = useMemo(() => cardsOf(nodes, lit), [nodes, lit]);
  const box = useMemo(() => boxAround(nodes, AROUND), [nodes]);
  const layer = useLayer(box);
  return (
    <svg ref={layer} className={classes["picture"]} viewBox={box.join(" ")} aria-hidden>
      {lines.map(({ key, look: { width, rehearsed }, path }) => (
        <path
          key={key}
          className={classes["edges"]}
          d={path}
          data-rehearsed={rehearsed}
          data-hot={width !== undefined || undefined}
          style={width === undefined ? {} : { strokeWidth: width }}
        />
      ))}
      {cards.map(({ key, look: { kind, faulty, selected, rehearsed }, path }) => (
        <path
          key={key}
          className={classes["cards"]}
          d={path}
          data-kind={kind}
          data-faulty={faulty}
          data-selected={selected}
          data-rehearsed={rehearsed}
        />
      ))}
      <TinyFinds nodes={nodes} />
      {!wordless && (
        <>
          <g className={classes["names"]}>
            {nodes.map(({ id, position: { x, y }, data }) => (
              <text key={id} x={x + NODE_WIDTH / 2} y={y + NODE_HEIGHT / 2} data-rehearsed={rehearsedOf(lit?.steps, data.steps)}>
                {shortened(data.type?.label ?? t("step.unknown"))}
              </text>
            ))}
          </g>
          <TinyCounts nodes={nodes} edges={edges} />
          <TinyTalk nodes={nodes} />
        </>
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

function shortened(name: string): string {
  return name.length > LETTERS ? `${name.slice(0, LETTERS - 1)}…` : name;
}
