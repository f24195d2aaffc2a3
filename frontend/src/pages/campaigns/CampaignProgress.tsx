import { Progress, Text } from "@mantine/core";
import { useTranslation } from "react-i18next";

import type { Campaign } from "@/api/campaigns";
import { useFormat } from "@/ui/format";

/** How much of a campaign needs nothing more, as a bar and in words. */
export function CampaignProgress({ campaign }: { campaign: Campaign }) {
  const { t } = useTranslation("campaigns");
  const format = useFormat();
  const { state, settled, total } = campaign;
  const over = state === "done" || state === "cancelled";
  const words = t("progress.words", { count: total, settled: format.number(settled), total: format.number(total) });
  return (
    <>
      <Progress
        size="sm"
        color={state === "paused" ? "yellow" : over ? "gray" : "teal"}
        value={state === "done" ? 100 : (100 * settled) / Math.max(total, 1)}
        aria-label={t("progress.label")}
      />
      <Text size="sm" mt={4} className="tabular">
        {words}
      </Text>
    </>
  );
}
