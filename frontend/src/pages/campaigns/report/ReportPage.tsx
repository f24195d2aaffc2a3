import { Alert, Stack } from "@mantine/core";
import { IconInfoCircle } from "@tabler/icons-react";
import { useTranslation } from "react-i18next";

import { type Campaign, useReport } from "@/api/campaigns";
import { Card } from "@/ui/card/Card";
import { Loaded } from "@/ui/feedback/Loaded";
import { SkeletonRows } from "@/ui/feedback/SkeletonRows";
import { Page } from "@/ui/page/Page";

import { CampaignProgress } from "../CampaignProgress";
import { CampaignStateBadge } from "../CampaignStateBadge";
import { Waits } from "../Waits";
import { Actions } from "./Actions";
import { LinksTable } from "./LinksTable";
import { Numbers } from "./Numbers";
import { Recipients } from "./Recipients";
import { Timeline } from "./Timeline";
import { Versions } from "./Versions";

/** How far a campaign has come, and what came of it. */
export function ReportPage({ campaign }: { campaign: Campaign }) {
  const { t } = useTranslation("campaigns");
  const waits = campaign.fault ?? campaign.waits_until;
  return (
    <Page
      title={campaign.name}
      back={{ to: "/campaigns", label: t("title") }}
      subtitle={<CampaignStateBadge state={campaign.state} />}
      actions={<Actions campaign={campaign} />}
    >
      <Stack gap="lg">
        {waits && campaign.state !== "done" && (
          <Alert color={campaign.fault ? "red" : "iris"} icon={<IconInfoCircle size={18} />} p="sm">
            <Waits campaign={campaign} />
          </Alert>
        )}
        {campaign.started_at && (
          <>
            <Card>
              <CampaignProgress campaign={campaign} />
            </Card>
            <Told campaign={campaign} />
          </>
        )}
      </Stack>
    </Page>
  );
}

function Told({ campaign }: { campaign: Campaign }) {
  const { t } = useTranslation("campaigns");
  return (
    <Loaded query={useReport(campaign)} skeleton={<SkeletonRows count={4} height={90} />}>
      {(report) => (
        <>
          <Numbers report={report} />
          <Versions report={report} />
          <Card title={t("report.timeline")}>
            <Timeline report={report} />
          </Card>
          <Card title={t("report.links")} flush>
            <LinksTable links={report.links} />
          </Card>
          <Recipients id={campaign.id} forgotten={report.forgotten} />
        </>
      )}
    </Loaded>
  );
}
