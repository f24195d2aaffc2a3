import { Anchor, Text } from "@mantine/core";
import { useDebouncedValue } from "@mantine/hooks";
import { useTranslation } from "react-i18next";
import { Link } from "react-router";

import { type StepPlace, useHookPreview } from "@/api/hooks";
import type { HookPreview } from "@/api/types";
import type { JsonObject } from "@/flow/document";
import { Pill } from "@/ui/badge/Pill";

import { identifiers, triable } from "./mapping";
import classes from "./payload.module.css";

/** While a path is typed, nothing is asked. */
const settledAfterMs = 300;

interface OutcomeProps {
  place: StepPlace;
  call: number;
  mapping: JsonObject;
}

/** What would come of the call that is looked at by the mapping as it stands in the form. */
export function Outcome({ place, call, mapping }: OutcomeProps) {
  const { t } = useTranslation("hooks");
  const written = JSON.stringify(triable(mapping));
  const [settled] = useDebouncedValue(written, settledAfterMs);
  const tried = useHookPreview(place, call, settled === undefined ? undefined : (JSON.parse(settled) as JsonObject));
  return (
    <section className={classes["call"]} aria-label={t("outcome")} aria-live="polite">
      <Text size="sm" fw={600}>
        {t("outcome")}
      </Text>
      {settled === undefined && (
        <Text size="xs" c="dimmed">
          {t("outcome_nobody")}
        </Text>
      )}
      {settled !== undefined && tried.data && <Told preview={tried.data} />}
    </section>
  );
}

function Told({ preview: { problem, contact, identifiers: who, attributes, message_id } }: { preview: HookPreview }) {
  const { t } = useTranslation("hooks");
  if (problem) {
    return (
      <>
        <Pill tone="bad">{t("outcome_refused")}</Pill>
        <Text size="xs" c="var(--cz-bad)">
          {problem.field && <b>{problem.field}: </b>}
          {problem.message} {problem.remedy}
        </Text>
      </>
    );
  }
  const kinds: ReadonlySet<string> = new Set(identifiers);
  const name = (kind: string) => (kinds.has(kind) ? t(kind as (typeof identifiers)[number]) : kind);
  const lines = [
    ...who.map((each) => [name(each.name), each.value] as const),
    ...(message_id === null ? [] : [[t("message_id"), message_id] as const]),
    ...attributes.map((each) => [each.name, each.value] as const),
  ];
  return (
    <>
      {contact ? (
        <Text size="xs">
          {t("outcome_known")}{" "}
          <Anchor component={Link} to={`/contacts/${String(contact.id)}`} size="xs">
            {contact.name}
          </Anchor>
        </Text>
      ) : (
        <Text size="xs">{t("outcome_new")}</Text>
      )}
      <dl className={classes["lines"]}>
        {lines.map(([label, value]) => (
          <div key={label}>
            <dt>{label}</dt>
            <dd>{value}</dd>
          </div>
        ))}
      </dl>
      <Text size="xs" c="dimmed">
        {t("outcome_event")}
      </Text>
    </>
  );
}
