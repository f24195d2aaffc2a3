import { Anchor, Text } from "@mantine/core";
import { IconHistory } from "@tabler/icons-react";
import { useTranslation } from "react-i18next";
import { Link } from "react-router";

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
import { isDocument, pageOf } from "./pageOf";
import { nameOf, useAuditWords } from "./words";

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
  const words = useAuditWords();
  const actor = entry.user?.name ?? entry.api_key?.name ?? t("audit.commandLine");
  const detail = words.detail(entry);
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
        {words.what(entry)}
        <Which entry={entry} />
      </Text>
      {detail && (
        <Text size="sm" c="dimmed">
          {detail}
        </Text>
      )}
    </ItemRow>
  );
}

function Which({ entry }: { entry: AuditEntry }) {
  const name = nameOf(entry);
  const page = entry.name && entry.entity_id && pageOf(entry.entity, entry.entity_id);
  if (!name) return null;
  return (
    <>
      {" · "}
      {page ? (
        <Anchor component={Link} to={page} reloadDocument={isDocument(entry.entity)} inherit underline="always">
          {name}
        </Anchor>
      ) : (
        name
      )}
    </>
  );
}
