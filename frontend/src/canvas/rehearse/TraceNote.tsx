import { useTranslation } from "react-i18next";

import { useFormat } from "@/ui/format";

import classes from "./rehearse.module.css";
import { useRehearsal, useTrace } from "./state";

interface TraceNoteProps {
  id: string;
  /** What the card says anyway. */
  said: string;
}

/** On a step's card: when the contact of the lit way came past, and the values there were. */
export function TraceNote({ id, said: known }: TraceNoteProps) {
  const { t } = useTranslation("rehearsals");
  const format = useFormat();
  const { lit } = useRehearsal();
  const step = useTrace(id);
  if (!step) return null;
  const before = lit?.[lit.indexOf(step) - 1];
  const sameDay = before !== undefined && format.date(before.at) === format.date(step.at);
  const changed = step.facts.filter((fact) => fact.changed).map(({ name, value }) => `${name} = ${value}`);
  const said = [...changed, ...step.did.filter((deed) => deed !== known && !changed.includes(deed))];
  const words = [step.because, ...said].filter(Boolean).join(" · ");
  return (
    <div className={classes["note"]} data-testid={`trace-${id}`}>
      <span className="visually-hidden">{t("trace")}</span>
      <span className={classes["told"]} title={words || undefined}>
        <time dateTime={step.at}>{sameDay ? format.time(step.at) : format.dateTime(step.at)}</time> {words}
      </span>
    </div>
  );
}
