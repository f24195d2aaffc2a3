import { Text } from "@mantine/core";
import { useTranslation } from "react-i18next";

import type { Campaign } from "@/api/campaigns";
import { useCan } from "@/api/session";
import { useFormat } from "@/ui/format";
import type { Column } from "@/ui/table/types";
import { RelativeTime } from "@/ui/time/RelativeTime";

import { CampaignMenu } from "./CampaignMenu";
import { CampaignProgress } from "./CampaignProgress";
import { CampaignStateBadge } from "./CampaignStateBadge";
import classes from "./campaigns.module.css";
import { Waits } from "./Waits";

export function useCampaignColumns(): Column<Campaign>[] {
  const { t } = useTranslation(["campaigns", "common"]);
  const format = useFormat();
  const may = useCan()("campaigns.edit");
  const share = ({ counts }: Campaign, hits: number) =>
    counts.sent > 0 ? format.percent(hits / (counts.sent + counts.bounced)) : "";
  return [
    {
      key: "name",
      header: t("column.name"),
      cell: (campaign) => (
        <div className={classes["name"]}>
          <a
            className={classes["link"]}
            href={`/campaigns/${campaign.id}`}
            onClick={(event) => event.stopPropagation()}
          >
            {campaign.name}
          </a>
          <Text size="sm" c="dimmed" component="div">
            <Waits campaign={campaign} />
          </Text>
        </div>
      ),
    },
    { key: "state", header: t("column.state"), width: 130, cell: ({ state }) => <CampaignStateBadge state={state} /> },
    {
      key: "progress",
      header: t("column.progress"),
      hideBelow: "sm",
      width: 200,
      cell: (campaign) => campaign.started_at && <CampaignProgress campaign={campaign} />,
    },
    {
      key: "opened",
      header: t("column.opened"),
      hideBelow: "md",
      align: "right",
      width: 90,
      cell: (campaign) => share(campaign, campaign.counts.opened),
    },
    {
      key: "clicked",
      header: t("column.clicked"),
      hideBelow: "md",
      align: "right",
      width: 90,
      cell: (campaign) => share(campaign, campaign.counts.clicked),
    },
    {
      key: "changed",
      header: t("column.changed"),
      hideBelow: "lg",
      width: 150,
      cell: ({ finished_at, started_at, updated_at }) => <RelativeTime at={finished_at ?? started_at ?? updated_at} />,
    },
    ...(may
      ? [
          {
            key: "menu",
            header: t("common:actions"),
            hideHeader: true,
            width: 52,
            cell: (row: Campaign) => <CampaignMenu campaign={row} />,
          },
        ]
      : []),
  ];
}
