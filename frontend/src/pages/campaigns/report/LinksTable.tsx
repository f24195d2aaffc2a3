import { Progress, Table, Text } from "@mantine/core";
import { useTranslation } from "react-i18next";

import type { CampaignReport } from "@/api/campaigns";
import { useFormat } from "@/ui/format";

import classes from "../campaigns.module.css";

/** Which links people followed; what machines did stands apart. */
export function LinksTable({ links }: { links: CampaignReport["links"] }) {
  const { t } = useTranslation("campaigns");
  const format = useFormat();
  const most = Math.max(1, ...links.map(({ people }) => people));
  if (links.length === 0) {
    return (
      <Text c="dimmed" p="md">
        {t("report.noLinks")}
      </Text>
    );
  }
  return (
    <Table.ScrollContainer minWidth={420}>
      <Table>
        <Table.Thead>
          <Table.Tr>
            <Table.Th>{t("link.address")}</Table.Th>
            <Table.Th ta="right">{t("link.people")}</Table.Th>
            <Table.Th ta="right">{t("link.clicks")}</Table.Th>
            <Table.Th ta="right">{t("link.machines")}</Table.Th>
          </Table.Tr>
        </Table.Thead>
        <Table.Tbody className="tabular">
          {links.map(({ address, people, clicks, machines }) => (
            <Table.Tr key={address}>
              <Table.Td className={classes["address"] ?? ""}>
                {address}
                <Progress size={4} mt={4} color="teal" value={(100 * people) / most} aria-hidden />
              </Table.Td>
              <Table.Td ta="right">{format.number(people)}</Table.Td>
              <Table.Td ta="right">{format.number(clicks)}</Table.Td>
              <Table.Td ta="right">{format.number(machines)}</Table.Td>
            </Table.Tr>
          ))}
        </Table.Tbody>
      </Table>
    </Table.ScrollContainer>
  );
}
