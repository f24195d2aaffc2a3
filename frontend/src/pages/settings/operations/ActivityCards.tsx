import { Text } from "@mantine/core";
import { useTranslation } from "react-i18next";

import type { Activity } from "@/api/types";
import { useLanguage } from "@/i18n/useLanguage";
import { Pill } from "@/ui/badge/Pill";
import { Card } from "@/ui/card/Card";
import { useFormat } from "@/ui/format";
import { RelativeTime } from "@/ui/time/RelativeTime";

import { duration } from "./duration";
import { Figures } from "./Figures";
import { ThroughputChart } from "./ThroughputChart";

/** What Redis knows: the last hour, who works, what is queued, and which steps take long. */
export function ActivityCards({ activity: { minutes, workers, queues, steps } }: { activity: Activity }) {
  const { t } = useTranslation("operations");
  const format = useFormat();
  const language = useLanguage();
  return (
    <>
      <Card title={t("overview.throughput")}>
        <ThroughputChart minutes={minutes} />
      </Card>
      <Card title={t("overview.workers")} flush={workers.length > 0}>
        {workers.length === 0 ? (
          <Text>{t("overview.noWorkers")}</Text>
        ) : (
          <Figures
            label={t("overview.workers")}
            head={[t("overview.host"), t("overview.process"), t("overview.state"), t("overview.since"), t("overview.seen")]}
            rows={workers.map(({ name, host, pid, state, started_at, seen_at }) => ({
              key: name,
              cells: [host, pid, <WorkerState key={state} state={state} />, ...[started_at, seen_at].map((at) => at && <RelativeTime key={at} at={at} />)],
            }))}
          />
        )}
      </Card>
      <Card title={t("overview.queues")} flush>
        <Figures
          label={t("overview.queues")}
          head={[t("overview.queues"), t("overview.waitingJobs")]}
          rows={queues.map(({ name, jobs }) => ({
            key: name,
            cells: [t(`overview.queue.${name as "drain"}`), format.number(jobs)],
          }))}
        />
      </Card>
      <Card title={t("overview.steps")} flush={steps.length > 0}>
        {steps.length === 0 ? (
          <Text>{t("overview.noSteps")}</Text>
        ) : (
          <Figures
            label={t("overview.steps")}
            head={[t("overview.step"), t("overview.runs"), t("overview.perThousand"), t("overview.total")]}
            rows={steps.map(({ type, label, runs, seconds }) => ({
              key: type,
              cells: [label, format.number(runs), duration((seconds / runs) * 1000, language), duration(seconds, language)],
            }))}
          />
        )}
      </Card>
    </>
  );
}

/** RQ's word for what a worker does, in the screen's language where it has one. */
function WorkerState({ state }: { state: string }) {
  const { t, i18n } = useTranslation("operations");
  const known = i18n.exists(`overview.states.${state}`, { ns: "operations" });
  return <Pill tone={state === "busy" ? "accent" : "ok"}>{known ? t(`overview.states.${state as "idle"}`) : state}</Pill>;
}
