import { Text } from "@mantine/core";
import { IconHistory } from "@tabler/icons-react";
import { useTranslation } from "react-i18next";

import { useAudit } from "@/api/settings";
import type { AuditEntry } from "@/api/types";
import { Card } from "@/ui/card/Card";
import { EmptyState } from "@/ui/feedback/EmptyState";
import { Loaded } from "@/ui/feedback/Loaded";
import { SkeletonRows } from "@/ui/feedback/SkeletonRows";
import { useFormat } from "@/ui/format";
import { ItemRow } from "@/ui/list/ItemRow";
import { EndMark } from "@/ui/table/EndMark";

import { SectionHead } from "../SectionHead";
import { detailWords, useActionWords } from "./words";

export default function AuditPage() {
  const { t } = useTranslation("settings");
  const query = useAudit();
  const items = query.items ?? [];
  return (
    <>
      <SectionHead title={t("section.audit")} body={t("audit.body")} />
      <Loaded query={query} skeleton={<SkeletonRows />}>
        {() =>
          items.length === 0 ? (
            <EmptyState icon={<IconHistory size={22} />} title={t("audit.none")} />
          ) : (
            <Card flush>
              {items.map((entry) => (
                <EntryRow key={entry.id} entry={entry} />
              ))}
            </Card>
          )
        }
      </Loaded>
      {query.hasNextPage && <EndMark key={items.length} onSeen={() => void query.fetchNextPage()} />}
    </>
  );
}

function EntryRow({ entry }: { entry: AuditEntry }) {
  const { t } = useTranslation("settings");
  const format = useFormat();
  const words = useActionWords();
  const actor = entry.user?.name ?? entry.api_key?.name ?? t("audit.commandLine");
  const detail = detailWords(entry.detail, format);
  return (
    <ItemRow
      menu={
        <Text size="sm" c="dimmed" className="tabular" component="time" dateTime={entry.at}>
          {format.dateTime(entry.at)}
        </Text>
      }
    >
      <Text>
        <Text span fw={550}>
          {actor}
        </Text>
        {" · "}
        {words(entry)}
      </Text>
      {detail && (
        <Text size="sm" c="dimmed">
          {detail}
        </Text>
      )}
    </ItemRow>
  );
}
