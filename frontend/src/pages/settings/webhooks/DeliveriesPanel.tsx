import { Button, Code, Group, Text } from "@mantine/core";
import { IconRefresh } from "@tabler/icons-react";
import { useTranslation } from "react-i18next";

import type { Webhook, WebhookDelivery } from "@/api/types";
import { useDeliveries, useReplayDelivery, useReplayFailed } from "@/api/webhooks";
import { Pill, type Tone } from "@/ui/badge/Pill";
import { Loaded } from "@/ui/feedback/Loaded";
import { SkeletonRows } from "@/ui/feedback/SkeletonRows";
import { tellOutcome } from "@/ui/feedback/tellOutcome";
import { toastDone } from "@/ui/feedback/toast";
import { ItemRow } from "@/ui/list/ItemRow";
import { PanelBody, SidePanel } from "@/ui/panel/SidePanel";
import { RelativeTime } from "@/ui/time/RelativeTime";

import { useEventName } from "./useEventName";

const tones: Record<WebhookDelivery["state"], Tone> = { pending: "neutral", sent: "ok", failed: "bad", dropped: "warn" };

/** What a webhook was told last and what it answered; what failed can be told once more. */
export function DeliveriesPanel({ webhook, onClose }: { webhook: Webhook | null; onClose: () => void }) {
  return (
    <SidePanel opened={webhook !== null} onClose={onClose} title={webhook?.name ?? ""} size={640}>
      {webhook && (
        <PanelBody>
          <Deliveries id={webhook.id} />
        </PanelBody>
      )}
    </SidePanel>
  );
}

function Deliveries({ id }: { id: number }) {
  const { t } = useTranslation("doors");
  const replay = useReplayFailed(id);
  const replayAll = () =>
    tellOutcome(replay.mutateAsync(), ({ replayed }) =>
      toastDone({ message: t("webhooks.replayed", { count: replayed }) }),
    );
  return (
    <Loaded query={useDeliveries(id)} skeleton={<SkeletonRows count={4} />}>
      {({ items }) =>
        items.length === 0 ? (
          <Text c="dimmed">{t("webhooks.noDeliveries")}</Text>
        ) : (
          <>
            {items.some(({ state }) => state === "failed") && (
              <Button leftSection={<IconRefresh size={16} />} mb="sm" loading={replay.isPending} onClick={replayAll}>
                {t("webhooks.replayFailed")}
              </Button>
            )}
            {items.map((delivery) => (
              <DeliveryRow key={delivery.id} webhook={id} delivery={delivery} />
            ))}
          </>
        )
      }
    </Loaded>
  );
}

function DeliveryRow({ webhook, delivery }: { webhook: number; delivery: WebhookDelivery }) {
  const { t } = useTranslation("doors");
  const say = useEventName();
  const replay = useReplayDelivery(webhook);
  const { id, event, at, state, tries, body, status, answer, milliseconds } = delivery;
  return (
    <ItemRow>
      <Group gap="xs">
        <Pill tone={tones[state]}>{t(`webhooks.state.${state}`)}</Pill>
        <Text fw={550}>{say(event)}</Text>
        {status !== null && <Code>{status}</Code>}
        <Text size="sm" c="dimmed">
          {t("webhooks.tries", { count: tries })}
          {milliseconds !== null && ` · ${t("webhooks.took", { count: milliseconds })}`} · <RelativeTime at={at} />
        </Text>
        {state !== "pending" && (
          <Button
            ml="auto"
            variant="subtle"
            size="compact-sm"
            loading={replay.isPending}
            onClick={() => tellOutcome(replay.mutateAsync(id))}
          >
            {t("webhooks.replay")}
          </Button>
        )}
      </Group>
      {status === null && answer && <Text size="sm">{answer}</Text>}
      <Said title={t("webhooks.request")} text={body} />
      <Said title={t("webhooks.answer")} text={status === null ? null : answer} />
    </ItemRow>
  );
}

function Said({ title, text }: { title: string; text: string | null }) {
  if (!text) return null;
  return (
    <details>
      <Text component="summary" size="sm" c="dimmed" style={{ cursor: "pointer" }}>
        {title}
      </Text>
      <Code block mt={4} style={{ overflowWrap: "anywhere", whiteSpace: "pre-wrap" }}>
        {text}
      </Code>
    </details>
  );
}
