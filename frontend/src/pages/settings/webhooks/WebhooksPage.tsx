import { Button, Group, Switch, Text } from "@mantine/core";
import { IconPlus, IconWebhook } from "@tabler/icons-react";
import { useState } from "react";
import { useTranslation } from "react-i18next";

import type { Webhook } from "@/api/types";
import { useDeleteWebhook, useRotateSecret, useSwitchWebhook, useTestWebhook, useWebhooks } from "@/api/webhooks";
import { useConfirm } from "@/ui/actions/useConfirm";
import { Pill } from "@/ui/badge/Pill";
import { Card } from "@/ui/card/Card";
import { EmptyState } from "@/ui/feedback/EmptyState";
import { Loaded } from "@/ui/feedback/Loaded";
import { SkeletonRows } from "@/ui/feedback/SkeletonRows";
import { toastProblem } from "@/ui/feedback/toast";
import { ItemRow } from "@/ui/list/ItemRow";
import { RelativeTime } from "@/ui/time/RelativeTime";

import { SectionHead } from "../SectionHead";
import { DeliveriesPanel } from "./DeliveriesPanel";
import { NewWebhookPanel } from "./NewWebhookPanel";
import { SecretPanel } from "./SecretPanel";
import { useEventName } from "./useEventName";

/** The addresses that are told what happens here, each with its log. */
export default function WebhooksPage() {
  const { t } = useTranslation(["doors", "settings"]);
  const [open, setOpen] = useState<Webhook | "new" | null>(null);
  const [secret, setSecret] = useState<string | null>(null);
  const add = (
    <Button leftSection={<IconPlus size={16} />} onClick={() => setOpen("new")}>
      {t("webhooks.new")}
    </Button>
  );
  return (
    <>
      <SectionHead title={t("settings:section.webhooks")} body={t("webhooks.body")} action={add} />
      <Loaded query={useWebhooks()} skeleton={<SkeletonRows count={2} />}>
        {({ items }) =>
          items.length === 0 ? (
            <EmptyState icon={<IconWebhook size={22} />} title={t("webhooks.none")} body={t("webhooks.noneBody")} />
          ) : (
            <Card flush>
              {items.map((webhook) => (
                <WebhookRow key={webhook.id} webhook={webhook} onOpen={() => setOpen(webhook)} onSecret={setSecret} />
              ))}
            </Card>
          )
        }
      </Loaded>
      <NewWebhookPanel opened={open === "new"} onClose={() => setOpen(null)} onMade={setSecret} />
      <DeliveriesPanel webhook={open === "new" ? null : open} onClose={() => setOpen(null)} />
      <SecretPanel secret={secret} onClose={() => setSecret(null)} />
    </>
  );
}

interface WebhookRowProps {
  webhook: Webhook;
  onOpen: () => void;
  onSecret: (secret: string) => void;
}

function WebhookRow({ webhook, onOpen, onSecret }: WebhookRowProps) {
  const { t } = useTranslation("doors");
  const say = useEventName();
  const turn = useSwitchWebhook();
  return (
    <ItemRow>
      <Group gap="xs">
        <Text fw={550}>{webhook.name}</Text>
        <State webhook={webhook} />
      </Group>
      <Text size="sm" c="dimmed" style={{ overflowWrap: "anywhere" }}>
        {webhook.url}
      </Text>
      <Text size="sm" c="dimmed">
        {webhook.events.map(say).join(", ")}
      </Text>
      <Group gap="xs" mt="xs" justify="space-between">
        <Switch
          size="xs"
          label={t("webhooks.enabled")}
          checked={webhook.enabled}
          disabled={turn.isPending}
          onChange={({ currentTarget }) =>
            turn.mutate({ id: webhook.id, enabled: currentTarget.checked }, { onError: toastProblem })
          }
        />
        <Deeds webhook={webhook} onOpen={onOpen} onSecret={onSecret} />
      </Group>
    </ItemRow>
  );
}

function Deeds({ webhook: { id, name }, onOpen, onSecret }: WebhookRowProps) {
  const { t } = useTranslation(["doors", "common"]);
  const confirm = useConfirm();
  const rotate = useRotateSecret();
  const remove = useDeleteWebhook();
  const test = useTestWebhook();
  const askRotate = () =>
    confirm({
      title: t("webhooks.rotateTitle", { name }),
      body: t("webhooks.rotateBody"),
      verb: t("webhooks.rotateVerb"),
      onConfirm: () => rotate.mutate(id, { onSuccess: ({ secret }) => onSecret(secret), onError: toastProblem }),
    });
  const askDelete = () =>
    confirm({
      title: t("webhooks.deleteTitle", { name }),
      body: t("webhooks.deleteBody"),
      verb: t("common:delete"),
      onConfirm: () => remove.mutate(id, { onError: toastProblem }),
    });
  return (
    <Group gap={4}>
      <Button
        variant="light"
        size="compact-sm"
        loading={test.isPending}
        onClick={() => test.mutate(id, { onSuccess: onOpen, onError: toastProblem })}
        aria-label={t("webhooks.testLabel", { name })}
      >
        {t("webhooks.test")}
      </Button>
      <Button variant="light" size="compact-sm" onClick={onOpen}>
        {t("webhooks.log")}
      </Button>
      <Button variant="subtle" size="compact-sm" onClick={askRotate}>
        {t("webhooks.rotate")}
      </Button>
      <Button
        variant="subtle"
        color="red"
        size="compact-sm"
        onClick={askDelete}
        aria-label={t("webhooks.deleteLabel", { name })}
      >
        {t("common:delete")}
      </Button>
    </Group>
  );
}

function State({ webhook: { enabled, disabled_because, failing_since } }: { webhook: Webhook }) {
  const { t } = useTranslation("doors");
  if (!enabled) {
    return (
      <Pill tone="warn">
        {t("webhooks.off")} {disabled_because}
      </Pill>
    );
  }
  if (failing_since === null) return <Pill tone="ok">{t("webhooks.works")}</Pill>;
  return (
    <Pill tone="bad">
      {t("webhooks.failing")} <RelativeTime at={failing_since} />
    </Pill>
  );
}
