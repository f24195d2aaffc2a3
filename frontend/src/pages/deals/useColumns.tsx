import { UnstyledButton } from "@mantine/core";
import { useTranslation } from "react-i18next";

import type { Deal } from "@/api/types";
import { DealStatusPill } from "@/ui/badge/DealStatusPill";
import { useFormat } from "@/ui/format";
import type { Column } from "@/ui/table/types";
import { RelativeTime } from "@/ui/time/RelativeTime";

export function useColumns(): Column<Deal>[] {
  const { t } = useTranslation("deals");
  const format = useFormat();
  return [
    {
      key: "name",
      header: t("field.name"),
      sort: "name",
      // A button, so that the keyboard opens the panel; the click goes on to the row, which does it.
      cell: ({ name }) => (
        <UnstyledButton fw={550} display="block" maw="100%" style={{ overflow: "hidden", textOverflow: "ellipsis" }}>
          {name}
        </UnstyledButton>
      ),
    },
    {
      key: "amount",
      header: t("field.amount"),
      sort: "amount",
      align: "right",
      cell: ({ amount, currency }) => (amount === null ? null : format.money(amount, currency)),
    },
    { key: "status", header: t("field.status"), cell: ({ status }) => <DealStatusPill status={status} /> },
    {
      key: "stage",
      header: t("field.stage"),
      hideBelow: "xs",
      cell: ({ pipeline, stage }) => `${pipeline.name} · ${stage.name}`,
    },
    { key: "owner", header: t("field.owner"), hideBelow: "sm", cell: ({ owner }) => owner?.name ?? null },
    { key: "company", header: t("field.company"), hideBelow: "md", cell: ({ company }) => company?.name ?? null },
    {
      key: "contacts",
      header: t("field.contacts"),
      hideBelow: "xl",
      cell: ({ contacts }) => format.list(contacts.map(({ name }) => name)),
    },
    {
      key: "modified_at",
      header: t("field.modified"),
      sort: "modified_at",
      hideBelow: "md",
      cell: ({ modified_at }) => <RelativeTime at={modified_at} />,
    },
    {
      key: "created_at",
      header: t("field.created"),
      sort: "created_at",
      hideBelow: "xl",
      cell: ({ created_at }) => format.date(created_at.slice(0, 10)),
    },
  ];
}
