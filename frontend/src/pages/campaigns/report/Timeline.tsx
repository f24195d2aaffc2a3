import { Skeleton, Text } from "@mantine/core";
import { useTranslation } from "react-i18next";

import type { CampaignReport } from "@/api/campaigns";
import { later } from "@/ui/feedback/later";

const height = 260;
// The chart's library weighs as much as the rest of the page: the numbers are there before it.
const TimelineChart = later(
  "TimelineChart",
  async () => (await import("./TimelineChart")).TimelineChart,
  <Skeleton height={height} />,
);

/** What left, and was opened and clicked first, hour by hour or day by day. */
export function Timeline({ report }: { report: CampaignReport }) {
  const { t } = useTranslation("campaigns");
  if (report.slots.length === 0) return <Text c="dimmed">{t("report.nothingYet")}</Text>;
  return <TimelineChart report={report} height={height} />;
}
