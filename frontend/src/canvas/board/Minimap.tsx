import { Panel, useReactFlow, useStoreApi } from "@xyflow/react";
import { memo, type PointerEvent, useEffect, useMemo, useRef } from "react";
import { useTranslation } from "react-i18next";

import { NODE_HEIGHT, NODE_WIDTH } from "@/flow/layout";

import classes from "./Board.module.css";
import { boxAround } from "./box";
import type { StepElement } from "./flowElements";
import { zoomBy } from "./zooming";

const WIDTH = 200;
const HEIGHT = 150;
/** Around the steps, in canvas units. */
const AROUND = 300;
const colours = { trigger: "var(--cz-trigger)", rule: "var(--cz-rule)", action: "var(--cz-action)", group: "var(--cz-text-3)" } as const;

/**
 * The whole automation in a corner: one path a colour, drawn anew only when a step changes. Where the canvas stands is
 * written straight into the picture, so that moving it about draws no component.
 */
export const Minimap = memo(function Minimap({ nodes }: { nodes: readonly StepElement[] }) {
  const { t } = useTranslation("editor");
  const flow = useReactFlow();
  const picture = useMemo(() => pictureOf(nodes), [nodes]);
  const frame = useFrame();

  function lead(event: PointerEvent<SVGSVGElement>): void {
    const matrix = event.currentTarget.getScreenCTM();
    if (!matrix) return;
    const { x, y } = new DOMPoint(event.clientX, event.clientY).matrixTransform(matrix.inverse());
    void flow.setCenter(x, y, { zoom: flow.getZoom() });
  }

  return (
    <Panel position="bottom-right" className={classes["map"] ?? ""} data-testid="minimap">
      <svg
        width={WIDTH}
        height={HEIGHT}
        viewBox={picture.box.join(" ")}
        role="img"
        aria-label={t("board.map")}
        onPointerDown={(event) => {
          event.currentTarget.setPointerCapture(event.pointerId);
          lead(event);
        }}
        onPointerMove={(event) => event.buttons === 1 && lead(event)}
        onWheel={(event) => zoomBy(flow, event.deltaY < 0 ? 1 : -1)}
      >
        {picture.paths.map(([colour, path]) => (
          <path key={colour} d={path} fill={colour} />
        ))}
        <rect ref={frame} className={classes["frame"]} />
      </svg>
    </Panel>
  );
});

/** Keeps the frame at what the canvas shows. */
function useFrame() {
  const store = useStoreApi();
  const frame = useRef<SVGRectElement>(null);
  useEffect(() => {
    const put = (): void => {
      const { transform, width, height } = store.getState();
      const [x, y, zoom] = transform;
      const place = { x: -x / zoom, y: -y / zoom, width: width / zoom, height: height / zoom };
      for (const [name, value] of Object.entries(place)) frame.current?.setAttribute(name, String(value));
    };
    put();
    return store.subscribe((now, before) => {
      if (now.transform !== before.transform || now.width !== before.width || now.height !== before.height) put();
    });
  }, [store]);
  return frame;
}

function pictureOf(nodes: readonly StepElement[]) {
  const paths = new Map<string, string[]>();
  for (const { data, position, selected } of nodes) {
    const usual = colours[data.type?.kind ?? "action"];
    const colour = selected ? "var(--cz-accent)" : data.errors > 0 ? "var(--cz-bad)" : usual;
    const card = `M${String(position.x)} ${String(position.y)}h${String(NODE_WIDTH)}v${String(NODE_HEIGHT)}h-${String(NODE_WIDTH)}z`;
    const cards = paths.get(colour) ?? [];
    cards.push(card);
    paths.set(colour, cards);
  }
  return { box: boxAround(nodes, AROUND), paths: [...paths].map(([colour, cards]) => [colour, cards.join("")] as const) };
}
