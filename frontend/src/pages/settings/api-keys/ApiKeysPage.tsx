import { Button, Code, Text } from "@mantine/core";
import { useDisclosure } from "@mantine/hooks";
import { IconKey, IconPlus } from "@tabler/icons-react";
import { useTranslation } from "react-i18next";

import { useApiKeys, useDeleteApiKey } from "@/api/settings";
import type { ApiKey } from "@/api/types";
import { GuardedButton } from "@/ui/actions/GuardedButton";
import { useConfirm } from "@/ui/actions/useConfirm";
import { Card } from "@/ui/card/Card";
import { EmptyState } from "@/ui/feedback/EmptyState";
import { Loaded } from "@/ui/feedback/Loaded";
import { SkeletonRows } from "@/ui/feedback/SkeletonRows";
import { toastProblem } from "@/ui/feedback/toast";
import { useFormat } from "@/ui/format";
import { ItemRow } from "@/ui/list/ItemRow";
import { RelativeTime } from "@/ui/time/RelativeTime";

import { SectionHead } from "../SectionHead";
import { NewApiKeyPanel } from "./NewApiKeyPanel";

export default function ApiKeysPage() {
  const { t } = useTranslation("settings");
  const [opened, panel] = useDisclosure(false);
  const create = (
    <GuardedButton permission="api_keys.manage" leftSection={<IconPlus size={16} />} onClick={panel.open}>
      {t("apiKeys.new")}
    </GuardedButton>
  );
  return (
    <>
      <SectionHead title={t("section.api-keys")} body={t("apiKeys.body")} action={create} />
      <Loaded query={useApiKeys()} skeleton={<SkeletonRows count={3} />}>
        {({ items }) =>
          items.length === 0 ? (
            <EmptyState icon={<IconKey size={22} />} title={t("apiKeys.none")} body={t("apiKeys.noneBody")} />
          ) : (
            <Card flush>
              {items.map((key) => (
                <KeyRow key={key.id} apiKey={key} />
              ))}
            </Card>
          )
        }
      </Loaded>
      <NewApiKeyPanel opened={opened} onClose={panel.close} />
    </>
  );
}

function KeyRow({ apiKey: { id, name, prefix, created_at, last_used_at } }: { apiKey: ApiKey }) {
  const { t } = useTranslation(["settings", "common"]);
  const format = useFormat();
  const confirm = useConfirm();
  const remove = useDeleteApiKey();
  const ask = () =>
    confirm({
      title: t("apiKeys.delete.title", { name }),
      body: t("apiKeys.delete.body"),
      verb: t("common:delete"),
      onConfirm: () => remove.mutate(id, { onError: toastProblem }),
    });
  return (
    <ItemRow
      menu={
        <Button variant="subtle" color="red" size="compact-sm" onClick={ask} aria-label={t("apiKeys.deleteLabel", { name })}>
          {t("common:delete")}
        </Button>
      }
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
