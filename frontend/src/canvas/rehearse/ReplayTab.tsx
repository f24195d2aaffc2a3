import { Alert, Button, Group, Progress, Select, Skeleton, Stack, Text } from "@mantine/core";
import { IconHistory } from "@tabler/icons-react";
import { useState } from "react";
import { useTranslation } from "react-i18next";

import { type Replay, useReplay, useStartReplay } from "@/api/replays";
import { useCan } from "@/api/session";
import { useDocument, useEditorScope } from "@/canvas/state/EditorContext";
import { ErrorState } from "@/ui/feedback/ErrorState";
import { useFormat } from "@/ui/format";

import classes from "./rehearse.module.css";
import { ReplayTable } from "./ReplayTable";

const spans = ["1", "7", "14", "30", "90"];
const limits = ["answers", "facts", "others", "crowds", "inside"] as const;

/** The last days of real events through the draft, beside the live version and what did happen. */
export function ReplayTab() {
  const { t } = useTranslation("rehearsals");
  const { automation } = useEditorScope();
  const document = useDocument();
  const may = useCan()("automations.edit");
  const query = useReplay(automation);
  const start = useStartReplay(automation);
  const [days, setDays] = useState("7");
  if (query.isError) return <ErrorState error={query.error} onRetry={() => void query.refetch()} />;
  if (query.data === undefined) return <Skeleton height={120} />;
  const replay = query.data;
  const busy = replay?.state === "queued" || replay?.state === "running";
  return (
    <Stack gap="md">
      <Text size="sm" c="dimmed">
        {t("replay.about")}
      </Text>
      {may && (
        <Group align="end" gap="xs" wrap="nowrap">
          <Select
            flex={1}
            label={t("replay.days")}
            allowDeselect={false}
            data={spans.map((value) => ({ value, label: t("replay.lastDays", { count: Number(value) }) }))}
            value={days}
            onChange={(value) => value && setDays(value)}
          />
          <Button
            leftSection={<IconHistory size={16} />}
            loading={start.isPending}
            disabled={busy}
            onClick={() => start.mutate({ days: Number(days), document })}
          >
            {t("replay.start")}
          </Button>
        </Group>
      )}
      {start.isError && (
        <Alert color="red" role="alert">
          {start.error.message}
        </Alert>
      )}
      {replay && <State replay={replay} />}
      <Limits />
    </Stack>
  );
}

function State({ replay }: { replay: Replay }) {
  const { t } = useTranslation("rehearsals");
  const format = useFormat();
  const { state, total, processed } = replay;
  if (state === "failed") {
    return (
      <Alert color="red" role="alert">
        {t("replay.failed")}
      </Alert>
    );
  }
  if (state !== "completed") {
    const done = total > 0 ? (processed / total) * 100 : 0;
    return (
      <div role="status">
        <Text size="sm" mb={6}>
          {t(state === "queued" ? "replay.queued" : "replay.running", { done: format.percent(done / 100) })}
        </Text>
        <Progress value={done} animated aria-label={t("replay.progress")} />
      </div>
    );
  }
  return (
    <section aria-label={t("replay.result")} className={classes["result"]}>
      <Text size="sm" c="dimmed" role="status">
        {t("replay.over", {
          count: replay.events,
          people: t("replay.people", { count: replay.contacts }),
          since: format.dateTime(replay.since ?? replay.created_at),
        })}
      </Text>
      {replay.missed > 0 && <Alert color="yellow">{t("replay.missed", { count: replay.missed })}</Alert>}
      <ReplayTable replay={replay} />
    </section>
  );
}

/** What a replay cannot know. */
function Limits() {
  const { t } = useTranslation("rehearsals");
  return (
    <details className={classes["limits"]}>
      <summary>{t("replay.limits.title")}</summary>
      <ul>
        {limits.map((limit) => (
          <li key={limit}>{t(`replay.limits.${limit}`)}</li>
        ))}
      </ul>
    </details>
  );
}
