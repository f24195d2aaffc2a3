import { useStore, ViewportPortal } from "@xyflow/react";
import { type MouseEvent, memo, useEffect } from "react";
import { useTranslation } from "react-i18next";

import { useEditorScope } from "@/canvas/state/EditorContext";
import { select } from "@/canvas/state/store";
import { useTogether } from "@/canvas/together/TogetherContext";
import { beyond } from "@/flow/beyond";
import { NODE_HEIGHT, NODE_WIDTH } from "@/flow/layout";
import { useFormat } from "@/ui/format";

import type { StepElement } from "./flowElements";
import classes from "./Tiny.module.css";
import { TinyFaces, workersId } from "./TinyFaces";
import { tinyAt, useTinyDrag } from "./useTinyDrag";

interface TinyStepsProps {
  nodes: readonly StepElement[];
  movable: boolean;
  onClick: (event: MouseEvent, step: Pick<StepElement, "id">) => void;
  onMenu: (event: MouseEvent, step: Pick<StepElement, "id">) => void;
}

/**
 * All steps seen from afar, as plain buttons above the picture, of which one layer takes all events. React Flow, which
 * keeps several subscriptions a step, draws none of them meanwhile.
 */
export const TinySteps = memo(function TinySteps({ nodes, movable, onClick, onMenu }: TinyStepsProps) {
  const { t } = useTranslation("editor");
  const format = useFormat();
  const { editor, verbs } = useEditorScope();
  const unknown = t("step.unknown");
  const kinds = { trigger: t("kind.trigger"), rule: t("kind.rule"), action: t("kind.action"), group: t("kind.group"), unknown: t("kind.unknown") };
  const drag = useTinyDrag(nodes, movable);
  const worked = new Set(useTogether().others.map(({ node }) => node));
  useMarquee(nodes);

  function press(event: MouseEvent): void {
    const id = tinyAt(event);
    if (id === null) return;
    if (!editor.getState().gathering && (event.shiftKey || event.ctrlKey || event.metaKey)) verbs.toggle(id);
    onClick(event, { id });
  }

  return (
    <ViewportPortal>
      <div
        role="presentation"
        className={classes["steps"]}
        onFocus={() => editor.setState({ home: "board" })}
        onClick={press}
        onDoubleClick={(event) => verbs.enter(tinyAt(event) ?? "")}
        onContextMenu={(event) => {
          const id = tinyAt(event);
          if (id !== null) onMenu(event, { id });
        }}
        {...drag}
      >
        {nodes.map((node) => {
          const kind = node.data.type?.kind ?? "unknown";
          const label = node.data.type?.label ?? unknown;
          return (
            <TinyStep
              key={node.id}
              node={node}
              said={[format.named(kinds[kind], label), beyond(node.data.summary, label)].filter(Boolean).join(". ")}
              worked={node.data.steps.some((id) => worked.has(id))}
              movable={movable}
            />
          );
        })}
      </div>
      <TinyFaces nodes={nodes} />
    </ViewportPortal>
  );
});

interface TinyStepProps {
  node: StepElement;
  said: string;
  /** Whether others are at it: their faces tell who. */
  worked: boolean;
  movable: boolean;
}

/** What is drawn beneath it, for hands, keys and ears. No hooks: there are hundreds. */
const TinyStep = memo(function TinyStep({ node, said, worked, movable }: TinyStepProps) {
  const { id, data, position } = node;
  return (
    <button
      type="button"
      className={movable ? `nopan ${classes["step"] ?? ""}` : classes["step"]}
      style={{ left: position.x, top: position.y }}
      data-node={id}
      tabIndex={data.tabStop ? 0 : -1}
      aria-label={said}
      aria-describedby={worked ? workersId(id) : undefined}
    />
  );
});

/** Marks what lies in the frame that is being drawn, which React Flow cannot know of. */
function useMarquee(nodes: readonly StepElement[]): void {
  const { editor } = useEditorScope();
  const frame = useStore((state) => (state.userSelectionActive ? state.userSelectionRect : null));
  const transform = useStore((state) => (state.userSelectionActive ? state.transform : null));
  useEffect(() => {
    if (!frame || !transform) return;
    const [left, top, zoom] = transform;
    const inside = nodes.filter(({ position: { x, y } }) => {
      const [cardLeft, cardTop] = [x * zoom + left, y * zoom + top];
      return (
        cardLeft >= frame.x &&
        cardTop >= frame.y &&
        cardLeft + NODE_WIDTH * zoom <= frame.x + frame.width &&
        cardTop + NODE_HEIGHT * zoom <= frame.y + frame.height
      );
    });
    const ids = inside.flatMap(({ data }) => data.steps);
    // Marking draws the steps anew, which leads back here.
    if (ids.join() !== editor.getState().selected.join()) select(editor, ids);
  }, [editor, frame, nodes, transform]);
}
