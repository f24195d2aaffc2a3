import { IconMessage } from "@tabler/icons-react";
import { useTranslation } from "react-i18next";

import { Face } from "./Face";
import classes from "./StepMarks.module.css";
import { useOpenThreads, useTogether } from "./TogetherContext";
import { useVisitorName } from "./useNames";

/** At a step's card: who works on it now, and how much is said about it. */
export function StepMarks({ id }: { id: string }) {
  const { t } = useTranslation("together");
  const { others, showTalk } = useTogether();
  const nameOf = useVisitorName();
  const threads = useOpenThreads(id);
  const here = others.filter(({ node }) => node === id);
  if (here.length + threads.length === 0) return null;
  const said = t("comments.on_step", { count: threads.length });
  return (
    <div className={`nodrag ${classes["marks"] ?? ""}`}>
      {here.map((visitor) => (
        <span key={visitor.tab} className={classes["visitor"]} title={t("presence.works", { name: nameOf(visitor) })}>
          <Face name={nameOf(visitor)} size={24} />
          <span className="visually-hidden">{t("presence.works", { name: nameOf(visitor) })}</span>
        </span>
      ))}
      {threads.length > 0 && (
        <button
          type="button"
          className={classes["talk"]}
          aria-label={said}
          title={said}
          onClick={(event) => {
            event.stopPropagation();
            showTalk({ node: id });
          }}
        >
          <IconMessage size={14} aria-hidden /> {threads.length}
        </button>
      )}
    </div>
  );
}
