import { IconAlertCircle, IconArrowNarrowRight, IconHourglass } from "@tabler/icons-react";
import { useTranslation } from "react-i18next";

import { useLivePeople } from "@/canvas/live/people";
import { useFormat } from "@/ui/format";

import { countName } from "./countName";
import classes from "./StepCard.module.css";

interface StepCountsProps {
  id: string;
  waiting: number | undefined;
  passed: number | undefined;
  failed: number | undefined;
  /** Which part of those who came went on nowhere; undefined: not shown. */
  lost: number | undefined;
  /** Where they stand; without it, on the lower edge of a card. */
  className?: string | undefined;
}

/** How many contacts stand here, went on from here, and failed here: each opens who they are. And the part lost here. */
export function StepCounts({ id, waiting, passed, failed, lost, className = classes["counts"] }: StepCountsProps) {
  const { t } = useTranslation(["editor", "reading"]);
  const format = useFormat();
  const showPeople = useLivePeople();
  if (passed === undefined) return null;
  return (
    <div className={`nodrag tabular ${className ?? ""}`}>
      {waiting !== undefined && waiting > 0 && (
        <button
          type="button"
          className={classes["count"]}
          aria-label={countName(format, format.compact(waiting), t("counts.waiting", { count: waiting }))}
          title={t("counts.waiting", { count: waiting })}
          onClick={() => showPeople({ node: id, state: "active" })}
        >
          <IconHourglass size={13} aria-hidden /> {format.compact(waiting)}
        </button>
      )}
      <button
        type="button"
        className={classes["count"]}
        title={t("counts.passed", { count: passed })}
        onClick={() => showPeople({ node: id, state: "passed" })}
      >
        <IconArrowNarrowRight size={13} aria-hidden /> <span aria-hidden>{format.compact(passed)}</span>
        <span className="visually-hidden">{countName(format, format.compact(passed), t("counts.passed", { count: passed }))}</span>
      </button>
      {failed !== undefined && failed > 0 && (
        <button
          type="button"
          className={classes["count"]}
          data-failed
          aria-label={countName(format, format.compact(failed), t("counts.failed", { count: failed }))}
          title={t("counts.failed", { count: failed })}
          onClick={() => showPeople({ node: id, state: "failed" })}
        >
          <IconAlertCircle size={13} aria-hidden /> {format.compact(failed)}
        </button>
      )}
      {lost !== undefined && lost > 0 && (
        <span className={classes["count"]} data-lost title={t("reading:period.lost", { percent: format.percent(lost) })}>
          −{format.percent(lost)}
          <span className="visually-hidden">{t("reading:period.lost", { percent: format.percent(lost) })}</span>
        </span>
      )}
    </div>
  );
}
