import { createPortal } from "react-dom";

import { useEditor } from "@/canvas/state/EditorContext";
import type { NodeType } from "@/flow/catalog";
import { StepIcon } from "@/nodes/StepIcon";

import classes from "./Palette.module.css";
import { useDragToBoard } from "./useDragToBoard";

/** A kind of step: dragged onto the canvas, or tapped, then the place tapped. */
export function PaletteItem({ type }: { type: NodeType }) {
  const { dragging, ghost, handlers } = useDragToBoard(type);
  const held = useEditor((state) => state.holding?.type === type.key);
  return (
    <>
      <button
        type="button"
        className={classes["item"]}
        data-kind={type.kind}
        data-testid={`palette-${type.key}`}
        aria-pressed={held}
        {...handlers}
      >
        <span className={classes["icon"]}>
          <StepIcon type={type} />
        </span>
        <span className={classes["words"]}>
          <span className={classes["label"]}>{type.label}</span>
          <span className={classes["description"]}>{type.description}</span>
        </span>
      </button>
      {dragging &&
        createPortal(
          <div ref={ghost} className={classes["ghost"]} data-kind={type.kind} aria-hidden>
            <span className={classes["icon"]}>
              <StepIcon type={type} />
            </span>
            {type.label}
          </div>,
          document.body,
        )}
    </>
  );
}
