import { IconMessage } from "@tabler/icons-react";
import { useTranslation } from "react-i18next";

import outline from "@/canvas/outline/Outline.module.css";

import { Face } from "./Face";
import { useGoings } from "./TogetherContext";
import { useVisitorName } from "./useNames";

/** In the outline, at a step or a collapsed group: who works there now, and how much is said about it. */
export function RowMarks({ steps }: { steps: readonly string[] }) {
  const { t } = useTranslation("together");
  const nameOf = useVisitorName();
  const { visitors, threads } = useGoings(steps);
  const works = steps.length > 1 ? "presence.works_inside" : "presence.works";
  const said = steps.length > 1 ? "comments.in_group" : "comments.on_step";
  return (
    <>
      {visitors.map((visitor) => (
        <span key={visitor.tab} className={outline["mark"]} title={t(works, { name: nameOf(visitor) })}>
          <Face name={nameOf(visitor)} size={20} />
          <span className="visually-hidden">. {t(works, { name: nameOf(visitor) })}</span>
        </span>
      ))}
      {threads.length > 0 && (
        <span className={`tabular ${outline["mark"] ?? ""}`} title={t(said, { count: threads.length })}>
          <IconMessage size={13} aria-hidden />
          <span aria-hidden>{threads.length}</span>
          <span className="visually-hidden">. {t(said, { count: threads.length })}</span>
        </span>
      )}
    </>
  );
}
