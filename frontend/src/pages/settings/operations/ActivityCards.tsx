import { Alert, Text } from "@mantine/core";
import { IconAlertTriangle } from "@tabler/icons-react";
import type { ReactNode } from "react";
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
export function ActivityCards({ activity: { minutes, workers, processes, queues, steps } }: { activity: Activity }) {
  const { t } = useTranslation("operations");
  const format = useFormat();
  const language = useLanguage();
  return (
    <>
      <Card title={t("overview.throughput")}>
        <ThroughputChart minutes={minutes} />
      </Card>
      <ProcessesCard workers={workers} processes={processes} />
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

/** Every process that gave a sign of life lately: workers, web and clock. */
function ProcessesCard({ workers, processes }: Pick<Activity, "workers" | "processes">) {
  const { t } = useTranslation("operations");
  const all = [...workers.map((worker) => ({ ...worker, role: "worker" })), ...processes];
  return (
    <Card title={t("overview.processes")} flush>
      {workers.length === 0 && <Missing>{t("overview.noWorkers")}</Missing>}
      {!processes.some(({ role, state }) => role === "clock" && state === "running") && <Missing>{t("overview.noClock")}</Missing>}
      <Figures
        label={t("overview.processes")}
        head={[t("overview.role"), t("overview.host"), t("overview.process"), t("overview.state"), t("overview.since"), t("overview.seen")]}
        rows={all.map(({ role, host, pid, state, started_at, seen_at }) => ({
          key: `${host} ${pid}`,
          cells: [
            t(`overview.roles.${role as "web"}`),
            host,
            pid,
            <ProcessState key={state} state={state} />,
            ...[started_at, seen_at].map((at) => at && <RelativeTime key={at} at={at} />),
          ],
        }))}
      />
    </Card>
  );
}

function Missing({ children }: { children: ReactNode }) {
  return (
    <Alert color="red" icon={<IconAlertTriangle size={18} />} radius={0}>
      {children}
    </Alert>
  );
}

/** What a process does, in the screen's language where it has a word for it: RQ has words of its own. */
function ProcessState({ state }: { state: string }) {
  const { t, i18n } = useTranslation("operations");
  const known = i18n.exists(`overview.states.${state}`, { ns: "operations" });
  return <Pill tone={tones[state] ?? "ok"}>{known ? t(`overview.states.${state as "idle"}`) : state}</Pill>;
}

const tones: Record<string, "accent" | "bad"> = { busy: "accent", silent: "bad" };
