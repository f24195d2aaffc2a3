import { Popover } from "@mantine/core";
import { IconArrowsMove, IconMessage } from "@tabler/icons-react";
import { useViewport, ViewportPortal } from "@xyflow/react";
import { type PointerEvent, useRef, useState } from "react";
import { useTranslation } from "react-i18next";

import { useChangeComment } from "@/api/together";
import { useCan } from "@/api/session";
import type { Thread } from "@/api/types";
import { useEditorScope } from "@/canvas/state/EditorContext";
import { useTogether } from "@/canvas/together/TogetherContext";
import { tellOutcome } from "@/ui/feedback/tellOutcome";

import classes from "./comments.module.css";
import { ThreadCard } from "./ThreadCard";

/** Notes that lie on the canvas, and nobody has settled. */
export function Notes() {
  const { threads } = useTogether();
  const notes = threads.filter((thread) => thread.x !== null && thread.resolved_at === null);
  return (
    <ViewportPortal>
      {notes.map((note) => (
        <Note key={note.id} note={note} />
      ))}
    </ViewportPortal>
  );
}

function Note({ note }: { note: Thread }) {
  const { t } = useTranslation("together");
  const { automation } = useEditorScope();
  const { place } = useTogether();
  const { zoom } = useViewport();
  const may = useCan()("automations.comment");
  const change = useChangeComment(automation);
  const [opened, setOpened] = useState(false);
  const [dragged, setDragged] = useState<readonly [number, number] | null>(null);
  const grip = useRef<{ readonly at: readonly [number, number]; moved: boolean } | null>(null);
  const [x, y] = dragged ?? [note.x ?? 0, note.y ?? 0];
  const [first] = note.remarks;

  const under = (event: PointerEvent, [left, top]: readonly [number, number]) =>
    [event.clientX / zoom - left, event.clientY / zoom - top] as const;
  const take = (event: PointerEvent) => {
    event.currentTarget.setPointerCapture(event.pointerId);
    grip.current = { at: under(event, [x, y]), moved: false };
  };
  const move = (event: PointerEvent) => {
    if (!grip.current) return;
    grip.current.moved = true;
    setDragged(under(event, grip.current.at));
  };
  const drop = (event: PointerEvent) => {
    const held = grip.current;
    grip.current = null;
    if (!held?.moved) {
      // Taken up by a tap: the next one says where it shall lie.
      place(note);
      return;
    }
    // Where the pointer is: what is drawn may still be behind it.
    const [left, top] = under(event, held.at);
    setDragged([left, top]);
    tellOutcome(change.mutateAsync({ id: note.id, x: left, y: top }, { onSettled: () => setDragged(null) }));
  };

  return (
    <div className={`nodrag nopan nowheel ${classes["note"] ?? ""}`} style={{ transform: `translate(${String(x)}px, ${String(y)}px)` }}>
      <div className={classes["noteHead"]}>
        <Popover opened={opened} onChange={setOpened} width={320} position="bottom-start" trapFocus withinPortal>
          <Popover.Target>
            <button type="button" className={classes["noteOpen"]} aria-expanded={opened} onClick={() => setOpened(!opened)}>
              <IconMessage size={14} aria-hidden /> {first?.author?.name ?? t("comments.somebody")}
              {note.remarks.length > 1 && ` · ${String(note.remarks.length)}`}
            </button>
          </Popover.Target>
          <Popover.Dropdown maw="calc(100vw - 24px)" aria-label={t("comments.is_note")}>
            <ThreadCard thread={note} />
          </Popover.Dropdown>
        </Popover>
        {may && (
          <button
            type="button"
            className={classes["noteMove"]}
            aria-label={t("comments.move_note")}
            title={t("comments.move_note")}
            onPointerDown={take}
            onPointerMove={move}
            onPointerUp={drop}
            onKeyDown={(event) => {
              if (event.key === "Enter" || event.key === " ") place(note);
            }}
          >
            <IconArrowsMove size={14} aria-hidden />
          </button>
        )}
      </div>
      <p className={classes["noteText"]}>{first?.text}</p>
    </div>
  );
}
