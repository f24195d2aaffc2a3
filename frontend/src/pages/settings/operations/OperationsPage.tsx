import { Alert, Anchor, Stack, Text } from "@mantine/core";
import { IconPlugConnectedX } from "@tabler/icons-react";
import type { ReactNode } from "react";
import { useTranslation } from "react-i18next";
import { Link } from "react-router";

import { useOperations } from "@/api/operations";
import type { Operations } from "@/api/types";
import { useVocabulary } from "@/api/vocabulary";
import { useLanguage } from "@/i18n/useLanguage";
import { Card } from "@/ui/card/Card";
import { Loaded } from "@/ui/feedback/Loaded";
import { SkeletonRows } from "@/ui/feedback/SkeletonRows";
import { useFormat } from "@/ui/format";
import { ItemRow } from "@/ui/list/ItemRow";

import { SectionHead } from "../SectionHead";
import { ActivityCards } from "./ActivityCards";
import { duration } from "./duration";
import { Figures } from "./Figures";
import classes from "./OperationsPage.module.css";

/** How the instance fares, live. */
export default function OperationsPage() {
  const { t } = useTranslation(["operations", "settings"]);
  return (
    <>
      <SectionHead title={t("settings:section.operations")} body={t("overview.body")} />
      <Loaded query={useOperations()} skeleton={<SkeletonRows />}>
        {(seen) => (
          <Stack gap="lg">
            <Tiles seen={seen} />
            {seen.activity ? (
              <ActivityCards activity={seen.activity} />
            ) : (
              <Alert color="red" icon={<IconPlugConnectedX size={18} />}>
                {t("overview.noRedis")}
              </Alert>
            )}
            {seen.failing.length > 0 && <FailingCard failing={seen.failing} />}
            <PartitionsCard partitions={seen.partitions} />
          </Stack>
        )}
      </Loaded>
    </>
  );
}

function Tiles({ seen }: { seen: Operations }) {
  const { t } = useTranslation("operations");
  const format = useFormat();
  const language = useLanguage();
  const labels = new Map(useVocabulary().data?.channels.map(({ key, label }) => [key, label]));
  const sum = (key: "events" | "timers") => seen.partitions.reduce((total, each) => total + each[key], 0);
  const { lag_seconds, deliveries, dead_letters, activity } = seen;
  return (
    <div className={classes["tiles"]}>
      <Tile label={t("overview.lag")} hint={t("overview.lagHint")}>
        {duration(lag_seconds, language)}
      </Tile>
      <Tile label={t("overview.waiting")} hint={t("overview.waitingHint")}>
        {format.number(sum("events"))}
      </Tile>
      <Tile label={t("overview.due")} hint={t("overview.dueHint")}>
        {format.number(sum("timers"))}
      </Tile>
      <Tile label={t("overview.deliveries")} hint={t("overview.deliveriesHint", { count: Math.max(0, deliveries.pending - deliveries.due) })}>
        {format.number(deliveries.due)}
      </Tile>
      {deliveries.waiting_for_rate.map(({ channel, deliveries: count }) => (
        <Tile key={channel} label={t("overview.rated")} hint={labels.get(channel) ?? channel}>
          {format.number(count)}
        </Tile>
      ))}
      {activity && (
        <Tile
          label={t("overview.workers")}
          hint={t("overview.workersHint", { count: activity.workers.filter(({ state }) => state === "busy").length })}
          bad={activity.workers.length === 0}
        >
          {format.number(activity.workers.length)}
        </Tile>
      )}
      <Tile label={t("overview.deadLetters")} hint={t("overview.deadLettersHint")} bad={dead_letters > 0}>
        <Anchor component={Link} to="/settings/dead-letters" inherit underline="always">
          {format.number(dead_letters)}
        </Anchor>
      </Tile>
    </div>
  );
}

interface TileProps {
  label: string;
  hint?: string;
  bad?: boolean;
  children: ReactNode;
}

function Tile({ label, hint, bad = false, children }: TileProps) {
  return (
    <div className={classes["tile"]} data-bad={bad}>
      <Text size="sm" c="dimmed">
        {label}
      </Text>
      <div className={classes["value"]}>{children}</div>
      {hint && (
        <Text size="xs" c="dimmed">
          {hint}
        </Text>
      )}
    </div>
  );
}

function FailingCard({ failing }: { failing: Operations["failing"] }) {
  const { t } = useTranslation("operations");
  return (
    <Card title={t("overview.failing")} flush>
      {failing.map(({ automation, runs }) => (
        <ItemRow key={automation.id} menu={<Text className="tabular">{t("overview.failedRuns", { count: runs })}</Text>}>
          <Anchor component={Link} to={`/automations/${automation.id}?people=failed`}>
            {automation.name}
          </Anchor>
        </ItemRow>
      ))}
    </Card>
  );
}

function PartitionsCard({ partitions }: { partitions: Operations["partitions"] }) {
  const { t } = useTranslation("operations");
  const format = useFormat();
  const language = useLanguage();
  return (
    <Card title={t("overview.partitions")} flush>
      <Text size="sm" c="dimmed" px={18} py="sm">
        {t("overview.partitionsHint")}
      </Text>
      <Figures
        label={t("overview.partitions")}
        head={[t("overview.partition"), t("overview.events"), t("overview.age"), t("overview.timers"), t("overview.overdue")]}
        rows={partitions.map(({ part, events, lag_seconds, timers, overdue_seconds }) => ({
          key: part,
          cells: [part, format.number(events), duration(lag_seconds, language), format.number(timers), duration(overdue_seconds, language)],
        }))}
      />
    </Card>
  );
}
