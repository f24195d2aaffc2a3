import { Code, Text } from "@mantine/core";
import { useDisclosure } from "@mantine/hooks";
import { IconKey } from "@tabler/icons-react";
import { useTranslation } from "react-i18next";

import { useApiKeys, useDeleteApiKey } from "@/api/settings";
import type { ApiKey } from "@/api/types";
import { useConfirmed } from "@/ui/actions/useConfirmed";
import { EmptyState } from "@/ui/feedback/EmptyState";
import { useFormat } from "@/ui/format";
import { ItemRow } from "@/ui/list/ItemRow";
import { Items } from "@/ui/list/Items";
import { RelativeTime } from "@/ui/time/RelativeTime";

import { AddButton } from "../AddButton";
import { DeleteButton } from "../RowButtons";
import { SectionHead } from "../SectionHead";
import { NewApiKeyPanel } from "./NewApiKeyPanel";

export default function ApiKeysPage() {
  const { t } = useTranslation("settings");
  const [opened, panel] = useDisclosure(false);
  const add = (
    <AddButton permission="api_keys.manage" onClick={panel.open}>
      {t("apiKeys.new")}
    </AddButton>
  );
  return (
    <>
      <SectionHead title={t("section.api-keys")} body={t("apiKeys.body")} action={add} />
      <Items
        card
        query={useApiKeys()}
        awaited={3}
        empty={<EmptyState icon={<IconKey size={22} />} title={t("apiKeys.none")} body={t("apiKeys.noneBody")} />}
      >
        {(key) => <KeyRow key={key.id} apiKey={key} />}
      </Items>
      <NewApiKeyPanel opened={opened} onClose={panel.close} />
    </>
  );
}

function KeyRow({ apiKey: { id, name, prefix, created_at, last_used_at } }: { apiKey: ApiKey }) {
  const { t } = useTranslation("settings");
  const format = useFormat();
  const remove = useConfirmed(useDeleteApiKey());
  const ask = () => remove(id, { title: t("apiKeys.delete.title", { name }), body: t("apiKeys.delete.body") });
  return (
    <ItemRow
      menu={<DeleteButton permission="api_keys.manage" label={t("apiKeys.deleteLabel", { name })} onClick={ask} />}
    >
      <Text fw={550}>
        {name} <Code>{prefix}…</Code>
      </Text>
      <Text size="sm" c="dimmed">
        {t("apiKeys.created", { date: format.date(created_at.slice(0, 10)) })} ·{" "}
        {last_used_at ? (
          <>
            {t("apiKeys.used")} <RelativeTime at={last_used_at} />
          </>
        ) : (
          t("apiKeys.neverUsed")
        )}
      </Text>
    </ItemRow>
  );
}
