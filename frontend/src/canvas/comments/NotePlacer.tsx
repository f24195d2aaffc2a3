import { useReactFlow, useStoreApi } from "@xyflow/react";
import { useEffect, useRef, useState } from "react";
import { useTranslation } from "react-i18next";

import { useAddComment, useChangeComment } from "@/api/together";
import type { Box } from "@/canvas/board/box";
import { useEditorScope } from "@/canvas/state/EditorContext";
import { useTogether } from "@/canvas/together/TogetherContext";
import { NODE_HEIGHT, NODE_WIDTH } from "@/flow/layout";
import { tellOutcome } from "@/ui/feedback/tellOutcome";

import { Composer } from "./Composer";
import classes from "./comments.module.css";
import { freePlace, NOTE_SIZE, type Point } from "./freePlace";

const AFTER_PANEL = 60;

/** While a note waits for its place, the next click on the canvas gives it one. */
export function NotePlacer() {
  const { placing, place, threads } = useTogether();
  const flow = useReactFlow();
  const store = useStoreApi();
  const { automation } = useEditorScope();
  const change = useChangeComment(automation);
  const [at, setAt] = useState<Point | null>(null);
  if (placing === null) return null;
  const settle = (point: Point) => {
    if (placing === "new") {
      setAt(point);
      return;
    }
    tellOutcome(change.mutateAsync({ id: placing.id, ...point }));
    place(null);
  };
  // For those who do not point.
  const inMiddle = () => {
    const { width, height, transform } = store.getState();
    const [left, top, zoom] = transform;
    const notes = threads.filter((thread) => thread !== placing && thread.resolved_at === null);
    const steps = flow.getNodes().map(({ position: { x, y } }): Box => [x, y, NODE_WIDTH, NODE_HEIGHT]);
    const others = notes.flatMap(({ x, y }): Box[] => (x === null || y === null ? [] : [[x, y, ...NOTE_SIZE]]));
    settle(freePlace([(width / 2 - left) / zoom, (height / 2 - top) / zoom], [...steps, ...others]));
  };
  const close = () => {
    setAt(null);
    place(null);
  };
  return (
    <div
      role="presentation"
      className={classes["placer"]}
      onClick={(event) => event.target === event.currentTarget && settle(flow.screenToFlowPosition({ x: event.clientX, y: event.clientY }))}
      onKeyDown={(event) => event.key === "Escape" && close()}
    >
      {at === null ? (
        <Hint onMiddle={inMiddle} onCancel={close} />
      ) : (
        <NewNote at={at} onClose={close} />
      )}
    </div>
  );
}

function Hint({ onMiddle, onCancel }: { onMiddle: () => void; onCancel: () => void }) {
  const { t } = useTranslation(["together", "common"]);
  const first = useRef<HTMLButtonElement>(null);
  useEffect(() => {
    // The panel that closes gives the focus back to its button first.
    const timer = setTimeout(() => first.current?.focus(), AFTER_PANEL);
    return () => clearTimeout(timer);
  }, []);
  return (
    <p className={classes["placeHint"]}>
      {t("comments.note_hint")}
      <button type="button" ref={first} onClick={onMiddle}>
        {t("comments.note_middle")}
      </button>
      <button type="button" onClick={onCancel}>
        {t("common:cancel")}
      </button>
    </p>
  );
}

function NewNote({ at, onClose }: { at: Point; onClose: () => void }) {
  const { t } = useTranslation("together");
  const { automation } = useEditorScope();
  const add = useAddComment(automation);
  const send = async (text: string, mentions: number[]) => {
    await add.mutateAsync({ text, mentions, ...at });
    onClose();
  };
  return (
    <div className={classes["newNote"]} role="dialog" aria-label={t("comments.write_note")}>
      <Composer autoFocus label={t("comments.write_note")} verb={t("comments.send")} onSend={send} onCancel={onClose} />
    </div>
  );
}
