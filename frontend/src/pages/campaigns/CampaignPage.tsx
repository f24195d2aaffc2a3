import { useTranslation } from "react-i18next";
import { useParams } from "react-router";

import { useCampaign } from "@/api/campaigns";
import { useCan } from "@/api/session";
import { later } from "@/ui/feedback/later";
import { Loaded } from "@/ui/feedback/Loaded";
import { SkeletonRows } from "@/ui/feedback/SkeletonRows";
import { Page } from "@/ui/page/Page";

const CampaignEditor = later("CampaignEditor", async () => (await import("./editor/CampaignEditor")).CampaignEditor, <Waiting />);
const ReportPage = later("ReportPage", async () => (await import("./report/ReportPage")).ReportPage, <Waiting />);

/** `/campaigns/:id`: a draft to write, or what came of it since it was started. */
export default function CampaignPage() {
  const id = Number(useParams()["id"]);
  const mayEdit = useCan()("campaigns.edit");
  return (
    <Loaded query={useCampaign(id)} skeleton={<Waiting />}>
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

function Waiting() {
  const { t } = useTranslation("campaigns");
  return (
    <Page title={t("title")}>
      <SkeletonRows />
    </Page>
  );
}
