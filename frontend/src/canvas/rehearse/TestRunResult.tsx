import { Badge, Button, Text } from "@mantine/core";
import { useTranslation } from "react-i18next";

import type { RehearsedStep, TestRun } from "@/api/rehearsals";
import { useFormat } from "@/ui/format";

import classes from "./rehearse.module.css";

/** The way that the contact took, step by step, with the values of each moment. */
export function TestRunResult({ trial, onClear }: { trial: TestRun; onClear: () => void }) {
  const { t } = useTranslation("rehearsals");
  const format = useFormat();
  const { steps, turned } = trial;
  const early = trial.ending === "left" && trial.reason !== null;
  return (
    <section aria-label={t("result.title")} className={classes["result"]}>
      <p role="status" className={classes["ending"]} data-ending={early ? "early" : trial.ending}>
        <Ending trial={trial} />
      </p>
      <Text size="sm" c="dimmed">
        {t("result.began", { time: format.dateTime(trial.began) })}
      </Text>
      {turned.map((each) => (
        <Text key={`${each.at}${each.reason}`} size="sm" c="dimmed">
          {format.named(format.dateTime(each.at), each.reason)}
        </Text>
      ))}
      <ol className={classes["way"]}>
        {steps.map((step) => (
          <li key={`${step.run}:${step.node}:${step.port}:${step.at}`}>
            <Step step={step} />
          </li>
        ))}
      </ol>
      <Text size="xs" c="dimmed">
        {t("result.nothing_left")}
      </Text>
      <Button variant="subtle" size="compact-sm" style={{ alignSelf: "start" }} onClick={onClear}>
        {t("result.clear")}
      </Button>
    </section>
  );
}

/** Where the contact came to; of one who left, only what is drawn as an end is all of the way. */
function Ending({ trial: { ending, until, reason } }: { trial: TestRun }) {
  const { t } = useTranslation("rehearsals");
  const format = useFormat();
  if (ending === "left" && reason !== null) return reason;
  const words = ending === "waits" && until ? t("result.waitsUntil", { time: format.dateTime(until) }) : t(`result.${ending}`);
  return reason === null ? words : `${words} ${reason}`;
}

function Step({ step: { title, way, because, at, did, facts } }: { step: RehearsedStep }) {
  const format = useFormat();
  return (
    <>
      <div className={classes["stepHead"]}>
        <Text size="sm" fw={550}>
          {title}
        </Text>
        {way && (
          <Badge size="sm" variant="light" tt="none">
            {way}
          </Badge>
        )}
        <time dateTime={at}>{format.dateTime(at)}</time>
      </div>
      {because && (
        <Text size="sm" c="dimmed">
          {because}
        </Text>
      )}
      {did.map((deed) => (
        <Text key={deed} size="sm">
          → {deed}
        </Text>
      ))}
      {facts.length > 0 && (
        <dl className={classes["facts"]}>
          {facts.map(({ name, value, changed }) => (
            <div key={name} data-changed={changed || undefined}>
              <dt>{format.naming(name)}</dt>
              <dd>{value}</dd>
            </div>
          ))}
        </dl>
      )}
    </>
  );
}
