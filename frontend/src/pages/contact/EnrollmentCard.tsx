import { Anchor, Group, Text } from "@mantine/core";
import { useTranslation } from "react-i18next";
import { Link } from "react-router";

import type { ContactEnrollment, EnrollmentState, PathStep } from "@/api/types";
import { Pill, type Tone } from "@/ui/badge/Pill";
import { Card } from "@/ui/card/Card";
import { editorWithWay } from "@/ui/editorAt";
import { useFormat } from "@/ui/format";

import classes from "./Timeline.module.css";

const tones: Record<EnrollmentState, Tone> = { active: "accent", finished: "ok", failed: "bad", stopped: "neutral" };

/** One run: why it began, each step with its reason, where it stands or how it ended. */
export function EnrollmentCard({ contact, enrollment }: { contact: number; enrollment: ContactEnrollment }) {
  const { t } = useTranslation("contact");
  const format = useFormat();
  const { id, automation, version, state, entered_at, event, wake_at, reason, path } = enrollment;
  const entered = format.dateTime(entered_at);
  return (
    <Card>
      <Group justify="space-between" align="flex-start" wrap="nowrap">
        <div>
          <Anchor component={Link} to={`/automations/${automation.id}`} fw={600} c="var(--cz-text)">
            {automation.name}
          </Anchor>
          <Text size="sm" c="dimmed">
            {event ? t("runs.enteredBy", { event: event.name, at: entered }) : t("runs.entered", { at: entered })}
            {" · "}
            {t("runs.version", { version })}
            {" · "}
            <Anchor component={Link} to={`?tab=why&automation=${automation.id}`} inherit underline="always">
              {t("tab.why")}
            </Anchor>
            {" · "}
            <Anchor component={Link} to={editorWithWay(automation.id, { version, contact, run: id })} inherit underline="always">
              {t("runs.canvas")}
            </Anchor>
          </Text>
        </div>
        <Pill tone={tones[state]}>{t(`runs.state.${state}`)}</Pill>
      </Group>
      <ol className={classes["path"]}>
        {path.map((step) => (
          <Step key={`${step.node}:${step.at}`} step={step} />
        ))}
        {wake_at && state === "active" && (
          <li className={classes["step"]}>
            <Text>{t("runs.waiting", { at: format.dateTime(wake_at) })}</Text>
          </li>
        )}
        {reason && state !== "finished" && (
          <li className={classes["step"]} data-failed={state === "failed"}>
            <Text>{reason}</Text>
          </li>
        )}
      </ol>
    </Card>
  );
}

function Step({ step: { title, way, because, at } }: { step: PathStep }) {
  const format = useFormat();
  return (
    <li className={classes["step"]}>
      <div>
        <Group gap="xs">
          <Text fw={500}>{title}</Text>
          {way && <Pill dot={false}>{way}</Pill>}
        </Group>
        {because && (
          <Text size="sm" c="dimmed">
            {because}
          </Text>
        )}
      </div>
      <time className={classes["time"]} dateTime={at} title={format.dateTime(at)}>
        {format.time(at)}
      </time>
    </li>
  );
}
