import { type NodeProps, Position } from "@xyflow/react";
import { memo } from "react";
import { useTranslation } from "react-i18next";

import { useEditorScope } from "@/canvas/state/EditorContext";
import { openStep } from "@/canvas/state/store";

import { NODE_HEIGHT, NODE_WIDTH, portOffset } from "@/flow/layout";

import type { StepElement } from "./flowElements";
import classes from "./Tiny.module.css";

const PORT = 10;
const size = { width: PORT, height: PORT };
/** Where ports and entry begin on a card that is drawn in full. */
const EXIT_TOP = 90;
const ENTRY_TOP = -4;

/** The same step, to be drawn so; where its edges would begin and end is told, as no port is drawn that could be measured. */
export function tinyOf(node: StepElement): StepElement {
  const { ports } = node.data;
  const left = (NODE_WIDTH - PORT) / 2;
  return {
    ...node,
    type: "tiny",
    measured: { width: NODE_WIDTH, height: NODE_HEIGHT },
    handles: [
      { type: "target", position: Position.Top, x: left, y: ENTRY_TOP, ...size },
      ...ports.map(({ key }, index) => ({
        id: key,
        type: "source" as const,
        position: Position.Bottom,
        x: left + portOffset(index, ports.length),
        y: EXIT_TOP,
        ...size,
      })),
    ],
  };
}

/** A step seen from so far that nothing on it can be read: its shape and colour, and its words for those who hear them. */
export const TinyCard = memo(function TinyCard({ id, data, selected }: NodeProps<StepElement>) {
  const { t } = useTranslation("editor");
  const { editor } = useEditorScope();
  const { type, summary, errors } = data;
  const kind = type?.kind ?? "unknown";
  return (
    <button
      type="button"
      className={classes["card"]}
      data-kind={kind}
      data-selected={selected || data.opened || undefined}
      data-faulty={errors > 0 || undefined}
      data-node={id}
      tabIndex={data.tabStop ? 0 : -1}
      aria-label={`${t(`kind.${kind}`)}: ${type?.label ?? t("step.unknown")}. ${summary}`}
      onFocus={() => editor.setState({ home: "board" })}
      onDoubleClick={() => openStep(editor, id)}
    />
  );
});
