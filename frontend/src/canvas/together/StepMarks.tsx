import { IconMessage } from "@tabler/icons-react";
import { useTranslation } from "react-i18next";

import type { Visitor } from "@/api/types";
import { useLook } from "@/canvas/find/useLook";

import { Face } from "./Face";
import classes from "./StepMarks.module.css";
import { useGoings, useTogether } from "./TogetherContext";
import { useVisitorName } from "./useNames";

/** Faces beside each other on a card; more are told as a number. */
const FACES = 3;

/** At a step's card: who works on it now, and how much is said about it. */
export function StepMarks({ id }: { id: string }) {
  const { t } = useTranslation("together");
  const { showTalk } = useTogether();
  const nameOf = useVisitorName();
  const { visitors, threads } = useGoings([id]);
  if (visitors.length + threads.length === 0) return null;
  return (
    <div className={`nodrag ${classes["marks"] ?? ""}`}>
      {visitors.map((visitor) => (
        <span key={visitor.tab} className={classes["visitor"]} title={t("presence.works", { name: nameOf(visitor) })}>
          <Face name={nameOf(visitor)} size={24} />
          <span className="visually-hidden">{t("presence.works", { name: nameOf(visitor) })}</span>
        </span>
      ))}
      {threads.length > 0 && (
        <Said
          count={threads.length}
          words={t("comments.on_step", { count: threads.length })}
          onClick={() => showTalk({ node: id })}
        />
      )}
    </div>
  );
}

/** At the card of a group: the same of all that it hides. Each leads to its step, for which the group opens. */
export function GroupMarks({ steps }: { steps: readonly string[] }) {
  const { t } = useTranslation("together");
  const { showTalk } = useTogether();
  const look = useLook();
  const nameOf = useVisitorName();
  const { visitors, threads } = useGoings(steps);
  const said = steps.find((id) => threads.some(({ node }) => node === id));
  if (visitors.length + threads.length === 0) return null;
  const shown = visitors.slice(0, FACES);
  return (
    <div className={`nodrag ${classes["marks"] ?? ""} ${classes["inside"] ?? ""}`}>
      {shown.map((visitor) => (
        <Visit key={visitor.tab} visitor={visitor} onClick={() => look(visitor.node ?? "")} />
      ))}
      {visitors.length > shown.length && (
        <span className={classes["more"]} title={visitors.slice(FACES).map(nameOf).join(", ")}>
          +{visitors.length - shown.length}
        </span>
      )}
      {said !== undefined && (
        <Said
          count={threads.length}
          words={t("comments.in_group", { count: threads.length })}
          onClick={() => {
            look(said);
            showTalk({ node: said });
          }}
        />
      )}
    </div>
  );
}

function Visit({ visitor, onClick }: { visitor: Visitor; onClick: () => void }) {
  const { t } = useTranslation("together");
  const name = useVisitorName()(visitor);
  const words = t("presence.works_inside", { name });
  return (
    <button
      type="button"
      className={classes["visitor"]}
      title={words}
      onClick={(event) => {
        event.stopPropagation();
        onClick();
      }}
    >
      <Face name={name} size={24} />
      <span className="visually-hidden">{words}</span>
    </button>
  );
}

function Said({ count, words, onClick }: { count: number; words: string; onClick: () => void }) {
  return (
    <button
      type="button"
      className={classes["talk"]}
      aria-label={words}
      title={words}
      onClick={(event) => {
        event.stopPropagation();
        onClick();
      }}
    >
      <IconMessage size={14} aria-hidden /> {count}
    </button>
  );
}
