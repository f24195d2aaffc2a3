import { Button, Group, Switch, Text } from "@mantine/core";
import { IconWebhook } from "@tabler/icons-react";
import { useState } from "react";
import { useTranslation } from "react-i18next";

import type { Webhook } from "@/api/types";
import { useDeleteWebhook, useRotateSecret, useSwitchWebhook, useTestWebhook, useWebhooks } from "@/api/webhooks";
import { useConfirmed } from "@/ui/actions/useConfirmed";
import { Pill } from "@/ui/badge/Pill";
import { EmptyState } from "@/ui/feedback/EmptyState";
import { tellOutcome } from "@/ui/feedback/tellOutcome";
import { ItemRow } from "@/ui/list/ItemRow";
import { Items } from "@/ui/list/Items";
import { RelativeTime } from "@/ui/time/RelativeTime";

import { AddButton } from "../AddButton";
import { DeleteButton } from "../RowButtons";
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
    <AddButton permission="webhooks.manage" onClick={() => setOpen("new")}>
      {t("webhooks.new")}
    </AddButton>
  );
  return (
    <>
      <SectionHead title={t("settings:section.webhooks")} body={t("webhooks.body")} action={add} />
      <Items
        card
        query={useWebhooks()}
        awaited={2}
        empty={<EmptyState icon={<IconWebhook size={22} />} title={t("webhooks.none")} body={t("webhooks.noneBody")} />}
      >
        {(webhook) => <WebhookRow key={webhook.id} webhook={webhook} onOpen={() => setOpen(webhook)} onSecret={setSecret} />}
      </Items>
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
            tellOutcome(turn.mutateAsync({ id: webhook.id, enabled: currentTarget.checked }))
          }
        />
        <Deeds webhook={webhook} onOpen={onOpen} onSecret={onSecret} />
      </Group>
    </ItemRow>
  );
}

function Deeds({ webhook: { id, name }, onOpen, onSecret }: WebhookRowProps) {
  const { t } = useTranslation("doors");
  const rotate = useConfirmed(useRotateSecret());
  const remove = useConfirmed(useDeleteWebhook());
  const test = useTestWebhook();
  const askRotate = () =>
    rotate(id, {
      title: t("webhooks.rotateTitle", { name }),
      body: t("webhooks.rotateBody"),
      verb: t("webhooks.rotateVerb"),
      onDone: ({ secret }) => onSecret(secret),
    });
  const askDelete = () => remove(id, { title: t("webhooks.deleteTitle", { name }), body: t("webhooks.deleteBody") });
  return (
    <Group gap={4}>
      <Button
        variant="light"
        size="compact-sm"
        loading={test.isPending}
        onClick={() => tellOutcome(test.mutateAsync(id, { onSuccess: onOpen }))}
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
      <DeleteButton permission="webhooks.manage" label={t("webhooks.deleteLabel", { name })} onClick={askDelete} />
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
