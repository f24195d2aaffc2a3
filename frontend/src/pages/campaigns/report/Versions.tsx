import { Button, Group, Table, Text } from "@mantine/core";
import { useTranslation } from "react-i18next";

import { type CampaignReport, type Variant, useChooseWinner } from "@/api/campaigns";
import { useCan } from "@/api/session";
import { Card } from "@/ui/card/Card";
import { tellOutcome } from "@/ui/feedback/tellOutcome";
import { useFormat } from "@/ui/format";

/** Both versions beside each other, which won, and choosing one before the time. */
export function Versions({ report: { campaign, variants } }: { report: CampaignReport }) {
  const { t } = useTranslation("campaigns");
  const format = useFormat();
  const may = useCan()("campaigns.send");
  const choose = useChooseWinner(campaign.id);
  const { trial } = campaign.settings;
  if (!trial || variants.length === 0) return null;
  const { winner, tie, decide_at: decides, state } = campaign;
  const share = (part: number, of: number) => (of > 0 ? format.percent(part / of) : "–");
  const open = decides !== null && winner === null && state === "sending";
  return (
    <Card title={t("trial.title")} flush>
      <Table>
        <Table.Thead>
          <Table.Tr>
            <Table.Th>{t("trial.version")}</Table.Th>
            <Table.Th ta="right">{t("number.sent")}</Table.Th>
            <Table.Th ta="right">{t("number.opened")}</Table.Th>
            <Table.Th ta="right">{t("number.clicked")}</Table.Th>
          </Table.Tr>
        </Table.Thead>
        <Table.Tbody className="tabular">
          {variants.map(({ variant, sent, opened, clicked }) => (
            <Table.Tr key={variant}>
              <Table.Td fw={variant === winner && !tie ? 600 : undefined}>
                {variant === "rest" ? t("variant.rest", { version: winner?.toUpperCase() ?? "" }) : t(`variant.${variant}`)}
              </Table.Td>
              <Table.Td ta="right">{format.number(sent)}</Table.Td>
              <Table.Td ta="right">{`${format.number(opened)} · ${share(opened, sent)}`}</Table.Td>
              <Table.Td ta="right">{`${format.number(clicked)} · ${share(clicked, sent)}`}</Table.Td>
            </Table.Tr>
          ))}
        </Table.Tbody>
      </Table>
      <Group p="md" gap="sm">
        <Text size="sm" c="dimmed" role="status">
          {tie ? t("trial.tie") : winner ? t("trial.won", { version: winner.toUpperCase() }) : t("trial.open")}
        </Text>
        {open &&
          may &&
          (["a", "b"] as const).map((variant: Variant) => (
            <Button
              key={variant}
              size="compact-sm"
              variant="default"
              loading={choose.isPending}
              onClick={() => tellOutcome(choose.mutateAsync(variant))}
            >
              {t("trial.choose", { version: variant.toUpperCase() })}
            </Button>
          ))}
      </Group>
    </Card>
  );
}
