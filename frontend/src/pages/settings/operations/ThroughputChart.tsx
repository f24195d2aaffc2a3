import { Group, Text } from "@mantine/core";
import { useTranslation } from "react-i18next";

import type { Minute } from "@/api/types";
import { useFormat } from "@/ui/format";

import classes from "./OperationsPage.module.css";

const height = 100;
const step = 10;

/** The minutes of an hour as bars (received) under a line (worked through). */
export function ThroughputChart({ minutes }: { minutes: Minute[] }) {
  const { t } = useTranslation("operations");
  const format = useFormat();
  const sum = (key: "received" | "worked" | "failed") => minutes.reduce((total, minute) => total + minute[key], 0);
  const most = Math.max(1, ...minutes.flatMap(({ received, worked }) => [received, worked]));
  const y = (count: number) => height - (count / most) * (height - 2);
  const line = minutes.map(({ worked }, index) => `${index * step + step / 2},${y(worked)}`).join(" ");
  const width = minutes.length * step;
  const label = t("overview.chart", { received: sum("received"), worked: sum("worked"), most });
  return (
    <>
      <Group gap="lg" mb="xs">
        <Text size="sm">
          <span className={classes["key"]} aria-hidden />
          {t("overview.received")} {format.number(sum("received"))}
        </Text>
        <Text size="sm">
          <span className={classes["key"]} data-line aria-hidden />
          {t("overview.worked")} {format.number(sum("worked"))}
        </Text>
        <Text size="sm">
          {t("overview.failed")} {format.number(sum("failed"))}
        </Text>
      </Group>
      <svg className={classes["plot"]} viewBox={`0 0 ${width} ${height}`} preserveAspectRatio="none" role="img" aria-label={label}>
        <title>{label}</title>
        <line x1={0} x2={width} y1={height} y2={height} className={classes["base"]} />
        {minutes.map(({ at, received }, index) => (
          <rect key={at} x={index * step + 1} y={y(received)} width={step - 2} height={height - y(received)} className={classes["bar"]} />
        ))}
        <polyline points={line} className={classes["line"]} />
      </svg>
      <Group justify="space-between" mt={4}>
        <Text size="xs" c="dimmed">
          {t("overview.hourAgo")}
        </Text>
        <Text size="xs" c="dimmed">
          {t("overview.now")}
        </Text>
      </Group>
    </>
  );
}
