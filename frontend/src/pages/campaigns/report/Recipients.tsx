import { Select, Text } from "@mantine/core";
import { IconUsers } from "@tabler/icons-react";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { Link } from "react-router";

import { type CampaignRecipient, type Which, useRecipients } from "@/api/campaigns";
import { Card } from "@/ui/card/Card";
import { EmptyState } from "@/ui/feedback/EmptyState";
import { ErrorState } from "@/ui/feedback/ErrorState";
import { useFormat } from "@/ui/format";
import { DataTable } from "@/ui/table/DataTable";
import type { Column } from "@/ui/table/types";

const kinds = [
  "all",
  "sent",
  "opened",
  "clicked",
  "bounced",
  "unsubscribed",
  "complained",
  "failed",
  "left_out",
  "sending",
] as const satisfies Which[];

type Row = CampaignRecipient & { id: number };

/** Who it was written for, and what came of it, one state at a time. */
export function Recipients({ id, forgotten }: { id: number; forgotten: boolean }) {
  const { t } = useTranslation("campaigns");
  const [which, setWhich] = useState<Which>("all");
  const query = useRecipients(id, which);
  const columns = useColumns();
  const rows = query.items?.map((each) => ({ ...each, id: each.contact_id }));
  return (
    <Card
      title={t("recipients.title")}
      flush
      action={
        <Select
          size="xs"
          aria-label={t("recipients.which")}
          allowDeselect={false}
          value={which}
          onChange={(value) => setWhich(kinds.find((each) => each === value) ?? "all")}
          data={kinds.map((value) => ({ value, label: t(`which.${value}`) }))}
        />
      }
    >
      {query.error && !rows ? (
        <ErrorState error={query.error} onRetry={() => void query.refetch()} />
      ) : (
        <DataTable
          label={t("recipients.title")}
          columns={columns}
          rows={rows}
          stale={query.isPlaceholderData}
          onEnd={query.hasNextPage ? () => void query.fetchNextPage() : undefined}
          loadingMore={query.isFetchingNextPage}
          empty={<EmptyState icon={<IconUsers size={22} />} title={t(forgotten ? "recipients.forgotten" : "recipients.none")} />}
        />
      )}
    </Card>
  );
}

function useColumns(): Column<Row>[] {
  const { t } = useTranslation("campaigns");
  const format = useFormat();
  const moment = (at: string | null) => at && format.dateTime(at);
  return [
    {
      key: "address",
      header: t("recipients.address"),
      cell: ({ contact_id: contact, address }) => <Link to={`/contacts/${contact}`}>{address || t("recipients.unnamed")}</Link>,
    },
    {
      key: "state",
      header: t("column.state"),
      cell: ({ state, reason }) => (
        <>
          {t(`which.${state}`)}
          {reason && (
            <Text size="sm" c="dimmed">
              {t(`reason.${reason}`, { defaultValue: reason })}
            </Text>
          )}
        </>
      ),
    },
    { key: "sent", header: t("number.sent"), hideBelow: "sm", cell: (row) => moment(row.sent_at) },
    { key: "opened", header: t("number.opened"), hideBelow: "md", cell: (row) => moment(row.opened_at) },
    { key: "clicked", header: t("number.clicked"), hideBelow: "md", cell: (row) => moment(row.clicked_at) },
  ];
}
