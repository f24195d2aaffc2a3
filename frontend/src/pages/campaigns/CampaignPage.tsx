import { lazy } from "react";
import { useTranslation } from "react-i18next";
import { useParams } from "react-router";

import { useCampaign } from "@/api/campaigns";
import { useCan } from "@/api/session";
import { Loaded } from "@/ui/feedback/Loaded";
import { SkeletonRows } from "@/ui/feedback/SkeletonRows";
import { Page } from "@/ui/page/Page";

const CampaignEditor = lazy(async () => ({ default: (await import("./editor/CampaignEditor")).CampaignEditor }));
const ReportPage = lazy(async () => ({ default: (await import("./report/ReportPage")).ReportPage }));

/** `/campaigns/:id`: a draft to write, or what came of it since it was started. */
export default function CampaignPage() {
  const { t } = useTranslation("campaigns");
  const id = Number(useParams()["id"]);
  const mayEdit = useCan()("campaigns.edit");
  const skeleton = (
    <Page title={t("title")}>
      <SkeletonRows />
    </Page>
  );
  return (
    <Loaded query={useCampaign(id)} skeleton={skeleton}>
      {(campaign) =>
        campaign.state === "draft" && mayEdit ? (
          <CampaignEditor key={campaign.id} campaign={campaign} />
        ) : (
          <ReportPage campaign={campaign} />
        )
      }
    </Loaded>
  );
}
