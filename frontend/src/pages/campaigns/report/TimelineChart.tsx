import "@mantine/charts/styles.css";

import { BarChart } from "@mantine/charts";
import { useTranslation } from "react-i18next";

import type { CampaignReport } from "@/api/campaigns";
import { useFormat } from "@/ui/format";

interface TimelineChartProps {
  report: CampaignReport;
  height: number;
}

export function TimelineChart({ report: { slots, step }, height }: TimelineChartProps) {
  const { t } = useTranslation("campaigns");
  const format = useFormat();
  const say = (at: string) => (step === "hour" ? format.dateTime(at) : format.date(at));
  return (
    <figure style={{ margin: 0 }}>
      <BarChart
        h={height}
        data={slots.map(({ at, ...counts }) => ({ at: say(at), ...counts }))}
        dataKey="at"
        withLegend
        series={[
          { name: "sent", label: t("number.sent"), color: "gray.5" },
          { name: "opened", label: t("number.opened"), color: "iris.5" },
          { name: "clicked", label: t("number.clicked"), color: "teal.6" },
        ]}
        barChartProps={{ title: t("report.timeline") }}
        valueFormatter={format.number}
      />
      <figcaption className="visually-hidden">{t(step === "hour" ? "report.byHour" : "report.byDay")}</figcaption>
    </figure>
  );
}
