import { Group, Stack, Switch, Text } from "@mantine/core";
import { IconBellCheck } from "@tabler/icons-react";
import { useTranslation } from "react-i18next";

import { type ConsentChange, type ConsentStanding, useChooseConsent, useConsents } from "@/api/consents";
import { useCan } from "@/api/session";
import { CopyValue } from "@/ui/actions/CopyValue";
import { Pill, type Tone } from "@/ui/badge/Pill";
import { Card } from "@/ui/card/Card";
import { EmptyState } from "@/ui/feedback/EmptyState";
import { Loaded } from "@/ui/feedback/Loaded";
import { SkeletonRows } from "@/ui/feedback/SkeletonRows";
import { tellOutcome } from "@/ui/feedback/tellOutcome";
import { useFormat } from "@/ui/format";
import { ItemRow } from "@/ui/list/ItemRow";

type State = ConsentChange["state"];

const tones: Record<State, Tone> = { given: "ok", pending: "warn", withdrawn: "bad" };

/** What the contact agreed to hear about, and how that came to be. */
export function ConsentTab({ contactId }: { contactId: number }) {
  const { t } = useTranslation("consent");
  const query = useConsents(contactId);
  return (
    <Loaded query={query} skeleton={<SkeletonRows count={3} />}>
      {({ topics, changes, preferences_link }) => (
        <Stack gap="md">
          {topics.length === 0 ? (
            <EmptyState
              icon={<IconBellCheck size={22} stroke={1.6} />}
              title={t("topic.none")}
              body={t("topic.noneBody")}
            />
          ) : (
            <Card title={t("contact.topics")} action={<PreferencesLink address={preferences_link} />} flush>
              {topics.map((topic) => (
                <TopicRow key={topic.topic_id} contactId={contactId} topic={topic} />
              ))}
            </Card>
          )}
          {changes.length > 0 && (
            <Card title={t("contact.history")} flush>
              {changes.map((change) => (
                <ChangeRow key={`${change.at} ${change.channel} ${change.topic} ${change.state}`} change={change} />
              ))}
            </Card>
          )}
        </Stack>
      )}
    </Loaded>
  );
}

function PreferencesLink({ address }: { address: string }) {
  const { t } = useTranslation("consent");
  return (
    <CopyValue
      value={address}
      label={t("contact.link")}
      copied={t("contact.copied")}
      variant="default"
      size="xs"
      iconSize={15}
    />
  );
}

function TopicRow({ contactId, topic }: { contactId: number; topic: ConsentStanding }) {
  const { t } = useTranslation("consent");
  const choose = useChooseConsent(contactId);
  const may = useCan()("contacts.edit");
  const { topic_id, name, channel, state } = topic;
  const given = state === "given";
  return (
    <ItemRow
      menu={
        <Switch
          aria-label={t("contact.agreed", { name })}
          checked={given}
          disabled={!may || choose.isPending}
          onChange={() =>
            tellOutcome(choose.mutateAsync({ topic: topic_id, state: given ? "withdrawn" : "given" }))
          }
        />
      }
    >
      <Group gap="xs">
        <Text fw={550}>{name}</Text>
        {state === null ? <Pill>{t("state.never")}</Pill> : <Pill tone={tones[state]}>{t(`state.${state}`)}</Pill>}
      </Group>
      <Text size="sm" c="dimmed">
        {t(`channel.${channel}`)}
      </Text>
    </ItemRow>
  );
}

function ChangeRow({ change }: { change: ConsentChange }) {
  const { t } = useTranslation("consent");
  const format = useFormat();
  const { topic, channel, state, source, detail, by, at } = change;
  const where = [t(`source.${source}`), by, detail].filter(Boolean).join(" · ");
  return (
    <ItemRow
      menu={
        <Text size="sm" c="dimmed" className="tabular" component="time" dateTime={at}>
          {format.dateTime(at)}
        </Text>
      }
    >
      <Group gap="xs">
        <Text fw={550}>{topic ?? t("contact.all", { channel: t(`channel.${channel}`) })}</Text>
        <Pill tone={tones[state]}>{t(`state.${state}`)}</Pill>
      </Group>
      <Text size="sm" c="dimmed" style={{ overflowWrap: "anywhere" }}>
        {where}
      </Text>
    </ItemRow>
  );
}
