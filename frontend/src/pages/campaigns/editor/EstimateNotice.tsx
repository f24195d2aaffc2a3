import { Alert, List, Skeleton, Text } from "@mantine/core";
import { IconUsers } from "@tabler/icons-react";
import { useTranslation } from "react-i18next";

import { type CampaignSettings, useEstimate } from "@/api/campaigns";
import { problemWords } from "@/ui/feedback/toast";
import { useFormat } from "@/ui/format";

const reasons = ["no_address", "unsubscribed", "no_consent", "suppressed"] as const;

/** How many the campaign would reach now, and why not the others. */
export function EstimateNotice({ settings }: { settings: CampaignSettings }) {
  const { t } = useTranslation("campaigns");
  const format = useFormat();
  const { data, error } = useEstimate(settings);
  if (settings.lists.length + settings.segments.length === 0) return <Text c="dimmed">{t("estimate.nobody")}</Text>;
  if (error) return <Alert color="red">{problemWords(error)}</Alert>;
  if (!data) return <Skeleton height={64} radius="md" />;
  const left = reasons.filter((reason) => data[reason] > 0);
  const others = data.found - data.reached;
  return (
    <Alert
      color={data.reached > 0 ? "teal" : "yellow"}
      icon={<IconUsers size={18} />}
      role="status"
      title={t("estimate.reached", { count: data.reached, reached: format.number(data.reached) })}
    >
      {left.length > 0 && (
        <>
          <Text size="sm">{t("estimate.leftOut", { count: others, number: format.number(others) })}</Text>
          <List size="sm">
            {left.map((reason) => (
              <List.Item key={reason}>
                {format.named(t(`reason.${reason}`), format.number(data[reason]))}
              </List.Item>
            ))}
          </List>
        </>
      )}
      <Text size="sm" c="dimmed">
        {t("estimate.now")}
      </Text>
    </Alert>
  );
}
