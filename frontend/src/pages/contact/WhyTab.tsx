import { Anchor, Select, Stack, Text } from "@mantine/core";
import { IconHelpCircle } from "@tabler/icons-react";
import { useTranslation } from "react-i18next";
import { Link, useSearchParams } from "react-router";

import { useVocabulary } from "@/api/vocabulary";
import { type Decision, type JudgedPart, type ReasonedStep, useWhy, type Why } from "@/api/why";
import { useLanguage } from "@/i18n/useLanguage";
import { Pill } from "@/ui/badge/Pill";
import { Card } from "@/ui/card/Card";
import { EmptyState } from "@/ui/feedback/EmptyState";
import { Loaded } from "@/ui/feedback/Loaded";
import { SkeletonRows } from "@/ui/feedback/SkeletonRows";
import { useFormat } from "@/ui/format";

import timeline from "./Timeline.module.css";
import classes from "./Why.module.css";

/** Why this contact is, was or never came into an automation; which one stands in the address. */
export function WhyTab({ contactId }: { contactId: number }) {
  const { t } = useTranslation("contact");
  const [params, setParams] = useSearchParams();
  const automations = useVocabulary().data?.automations ?? [];
  const asked = Number(params.get("automation")) || null;
  const query = useWhy(contactId, asked, useLanguage());
  return (
    <Stack gap="md">
      <Select
        label={t("why.automation")}
        placeholder={t("why.choose")}
        searchable
        nothingFoundMessage={t("why.noAutomation")}
        data={automations.map(({ id, name }) => ({ value: String(id), label: name }))}
        value={asked === null ? null : String(asked)}
        onChange={(id) => setParams(id ? { tab: "why", automation: id } : { tab: "why" }, { replace: true })}
      />
      {asked === null ? (
        <EmptyState icon={<IconHelpCircle size={22} stroke={1.6} />} title={t("why.title")} body={t("why.body")} />
      ) : (
        <Loaded query={query} skeleton={<SkeletonRows />}>
          {(why) => <Answer why={why} />}
        </Loaded>
      )}
    </Stack>
  );
}

function Answer({ why: { automation, sentence, decisions } }: { why: Why }) {
  return (
    <>
      <p className={classes["sentence"]} role="status">
        {sentence}
      </p>
      <Anchor component={Link} to={`/automations/${String(automation.id)}`} size="sm">
        {automation.name}
      </Anchor>
      {decisions.map((decision) => (
        <DecisionCard
          key={`${decision.kind}:${decision.at}:${decision.sentence}`}
          decision={decision}
          said={decision.sentence === sentence}
        />
      ))}
    </>
  );
}

/** One decision; its sentence, unless it was `said` above. */
function DecisionCard({ decision, said }: { decision: Decision; said: boolean }) {
  const { t } = useTranslation("contact");
  const format = useFormat();
  const { kind, at, sentence, version, times, steps, filters, certain } = decision;
  return (
    <Card>
      <div className={classes["head"]}>
        <Pill tone={kind === "run" ? "ok" : kind === "waiting" ? "accent" : "warn"}>{t(`why.kind.${kind}`)}</Pill>
        <Text size="sm" c="dimmed">
          {format.dateTime(at)}
          {version !== null && ` · ${t("runs.version", { version })}`}
          {times > 1 && ` · ${t("runs.times", { count: times })}`}
        </Text>
      </div>
      {!said && <Text mt="xs">{sentence}</Text>}
      {!certain && (
        <Text size="sm" c="var(--cz-warn)" mt={4}>
          {t("why.uncertain")}
        </Text>
      )}
      {filters.length > 0 && (
        <ul className={classes["tree"]}>
          {filters.map((part) => (
            <Part key={part.text + JSON.stringify(part.parts)} part={part} />
          ))}
        </ul>
      )}
      {steps.length > 0 && (
        <ol className={timeline["path"]}>
          {steps.map((step) => (
            <Step key={`${step.node}:${step.port}:${step.at}`} step={step} />
          ))}
        </ol>
      )}
    </Card>
  );
}

function Step({ step: { title, way, because, at, branches } }: { step: ReasonedStep }) {
  const format = useFormat();
  return (
    <li className={timeline["step"]}>
      <div>
        <div className={classes["head"]}>
          <Text fw={500}>{title}</Text>
          {way && <Pill dot={false}>{way}</Pill>}
        </div>
        {branches.length === 0 && because && (
          <Text size="sm" c="dimmed">
            {because}
          </Text>
        )}
        {branches.map((branch, index) => (
          // oxlint-disable-next-line no-array-index-key -- two branches may ask the same
          <div key={index}>
            {branches.length > 1 && <Text size="sm">{branch.way}</Text>}
            <ul className={classes["tree"]}>
              <Part part={branch.part} />
            </ul>
            {branch.missing && (
              <Text size="sm" className={classes["missing"] ?? ""}>
                {branch.missing}
              </Text>
            )}
          </div>
        ))}
      </div>
      <time className={timeline["time"]} dateTime={at} title={format.dateTime(at)}>
        {format.time(at)}
      </time>
    </li>
  );
}

/** A part of a condition: whether it held is told by a word and a mark; what was not looked at fades. */
function Part({ part: { text, actual, holds, parts } }: { part: JudgedPart }) {
  const { t } = useTranslation("contact");
  const [only] = parts;
  if (only && parts.length === 1 && only.parts.length === 0) return <Part part={only} />;
  const verdict = holds === null ? "unseen" : holds ? "yes" : "no";
  return (
    <li data-holds={verdict}>
      <span className={classes["mark"]} aria-hidden>
        {{ yes: "✓", no: "✗", unseen: "·" }[verdict]}
      </span>
      <span>
        {text}
        {actual !== null && <span className={classes["actual"]}> {t("why.was", { actual })}</span>}
        <span className="visually-hidden"> {t(`why.verdict.${verdict}`)}</span>
      </span>
      {parts.length > 0 && (
        <ul className={classes["tree"]}>
          {parts.map((part, index) => (
            // oxlint-disable-next-line no-array-index-key -- two parts may ask the same
            <Part key={index} part={part} />
          ))}
        </ul>
      )}
    </li>
  );
}
