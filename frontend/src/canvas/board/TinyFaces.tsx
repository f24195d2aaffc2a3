import { useStore } from "@xyflow/react";
import { useTranslation } from "react-i18next";

import { Face } from "@/canvas/together/Face";
import { useTogether } from "@/canvas/together/TogetherContext";
import { useVisitorName } from "@/canvas/together/useNames";
import { NODE_WIDTH } from "@/flow/layout";

import { WORDLESS } from "./distance";
import type { StepElement } from "./flowElements";
import classes from "./Tiny.module.css";

/** In canvas units: as long as letters can be read, and beyond, where only the colour of a face is seen. */
const SMALL = 56;
const LARGE = 110;
const GAP = 8;
const EDGE = 6;

/** Names who works at a step, for its button to refer to. */
export const workersId = (step: string) => `workers-${step}`;

/** Who works at which step, from afar: at its left corner, for at the right one stands what is said about it. */
export function TinyFaces({ nodes }: { nodes: readonly StepElement[] }) {
  const { t } = useTranslation("together");
  const { others } = useTogether();
  const nameOf = useVisitorName();
  const size = useStore((state) => (state.transform[2] < WORDLESS ? LARGE : SMALL));
  const working = Map.groupBy(others, ({ node }) => nodes.find(({ data }) => node !== null && data.steps.includes(node)));
  return [...working].map(([card, visitors]) => {
    if (!card) return null;
    const { id, data, position } = card;
    const room = Math.floor((NODE_WIDTH - 2 * EDGE + GAP) / (size + GAP));
    const shown = visitors.length > room ? room - 1 : visitors.length;
    const names = [...new Set(visitors.map(nameOf))];
    const works = data.steps.length > 1 ? "presence.works_inside" : "presence.works";
    return (
      <div
        key={id}
        className={classes["faces"]}
        style={{ left: position.x, top: position.y - size / 2, gap: GAP, padding: EDGE, margin: -EDGE }}
        data-testid={`tiny-faces-${id}`}
      >
        {visitors.slice(0, shown).map((visitor) => (
          <span key={visitor.tab}>
            <Face name={nameOf(visitor)} size={size} />
          </span>
        ))}
        {visitors.length > shown && (
          <span className={classes["more"]} style={{ width: size, height: size, fontSize: size / 2 }} aria-hidden>
            +{visitors.length - shown}
          </span>
        )}
        <div className="visually-hidden" id={workersId(id)}>
          {names.map((name) => t(works, { name })).join(". ")}
        </div>
      </div>
    );
  });
}
