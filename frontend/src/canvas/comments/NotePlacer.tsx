import { useReactFlow } from "@xyflow/react";
import { useEffect, useRef, useState } from "react";
import { useTranslation } from "react-i18next";

import { useAddComment, useChangeComment } from "@/api/together";
import { useEditorScope } from "@/canvas/state/EditorContext";
import { useTogether } from "@/canvas/together/TogetherContext";
import { tellOutcome } from "@/ui/feedback/tellOutcome";

import { Composer } from "./Composer";
import classes from "./comments.module.css";

const AFTER_PANEL = 60;

interface Point {
  readonly x: number;
  readonly y: number;
}

/** While a note waits for its place, the next click on the canvas gives it one. */
export function NotePlacer() {
  const { placing, place } = useTogether();
  const flow = useReactFlow();
  const { automation } = useEditorScope();
  const change = useChangeComment(automation);
  const [at, setAt] = useState<Point | null>(null);
  if (placing === null) return null;
  const settle = (clientX: number, clientY: number) => {
    const point = flow.screenToFlowPosition({ x: clientX, y: clientY });
    if (placing === "new") {
      setAt(point);
      return;
    }
    tellOutcome(change.mutateAsync({ id: placing.id, ...point }));
    place(null);
  };
  const close = () => {
    setAt(null);
    place(null);
  };
  return (
    <div
      role="presentation"
      className={classes["placer"]}
      onClick={(event) => event.target === event.currentTarget && settle(event.clientX, event.clientY)}
      onKeyDown={(event) => event.key === "Escape" && close()}
    >
      {at === null ? (
        <Hint onPlace={settle} onCancel={close} />
      ) : (
        <NewNote at={at} onClose={close} />
      )}
    </div>
  );
}

function Hint({ onPlace, onCancel }: { onPlace: (x: number, y: number) => void; onCancel: () => void }) {
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
      <button type="button" ref={first} onClick={(event) => inMiddle(event.currentTarget, onPlace)}>
        {t("comments.note_middle")}
      </button>
      <button type="button" onClick={onCancel}>
        {t("common:cancel")}
      </button>
    </p>
  );
}

/** For those who do not point: the middle of the canvas. */
function inMiddle(inside: HTMLElement, settle: (x: number, y: number) => void): void {
  const board = inside.closest(`.${classes["placer"] ?? ""}`)?.getBoundingClientRect();
  if (board) settle(board.left + board.width / 2, board.top + board.height / 2);
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
