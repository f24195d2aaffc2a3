import { Anchor, Group, Stack, Text } from "@mantine/core";
import {
  IconBellRinging,
  IconBellX,
  IconCheck,
  IconEye,
  IconHourglass,
  IconLink,
  IconMail,
  IconMailOff,
  IconMailX,
  IconMessage,
  IconMessageReply,
  IconThumbDown,
  IconX,
  type TablerIcon,
} from "@tabler/icons-react";
import { useTranslation } from "react-i18next";
import { Link } from "react-router";

import { type MailHit, type MailMessage, useContactMessages } from "@/api/mailing";
import { useCan } from "@/api/session";
import { useWorkspace } from "@/api/settings";
import { Pill, type Tone } from "@/ui/badge/Pill";
import { Card } from "@/ui/card/Card";
import { EmptyState } from "@/ui/feedback/EmptyState";
import { Loaded } from "@/ui/feedback/Loaded";
import { SkeletonRows } from "@/ui/feedback/SkeletonRows";
import { useFormat } from "@/ui/format";
import { EndMark } from "@/ui/table/EndMark";

import classes from "./Timeline.module.css";

const tones: Record<MailMessage["state"], Tone> = {
  sending: "accent",
  sent: "ok",
  bounced: "bad",
  failed: "bad",
  left_out: "warn",
};
const icons: Record<MailHit["kind"], TablerIcon> = {
  opened: IconEye,
  clicked: IconLink,
  unsubscribed: IconMailOff,
  bounced: IconMailX,
  deferred: IconHourglass,
  complained: IconThumbDown,
  replied: IconMessageReply,
  shown: IconBellRinging,
  dismissed: IconBellX,
  delivered: IconCheck,
  undelivered: IconX,
};
const channels: Record<MailMessage["channel"], TablerIcon> = {
  email: IconMail,
  sms: IconMessage,
  push: IconBellRinging,
};

/** The messages that this contact got or did not get, and what was done with each. */
export function MessagesTab({ contactId }: { contactId: number }) {
  const { t } = useTranslation("mail");
  const query = useContactMessages(contactId);
  const items = query.items ?? [];
  const may = useCan();
  return (
    <Loaded query={query} skeleton={<SkeletonRows count={3} />}>
      {() =>
        items.length === 0 ? (
          <EmptyState icon={<IconMail size={22} stroke={1.6} />} title={t("message.none")} body={t("message.noneBody")} />
        ) : (
          <Stack gap="md">
            {items.map((message) => (
              <MessageCard key={message.id} message={message} />
            ))}
            {query.hasNextPage && <EndMark key={items.length} onSeen={() => void query.fetchNextPage()} />}
            {may("settings.view") && !query.hasNextPage && <Kept />}
          </Stack>
        )
      }
    </Loaded>
  );
}

function Kept() {
  const { t } = useTranslation("mail");
  const months = useWorkspace().data?.keep_message_months;
  return (
    months && (
      <Text size="sm" c="dimmed" ta="center">
        {t("message.kept", { months })}
      </Text>
    )
  );
}

function MessageCard({ message }: { message: MailMessage }) {
  const { t } = useTranslation("mail");
  const format = useFormat();
  const Channel = channels[message.channel];
  const { subject, address, state, reason, automation_id, created_at, hits } = message;
  return (
    <Card>
      <Group justify="space-between" align="flex-start" wrap="nowrap">
        <div style={{ minWidth: 0 }}>
          <Group gap="xs" wrap="nowrap">
            <Channel size={16} stroke={1.7} aria-hidden />
            <Text fw={600}>{subject || t("message.noSubject")}</Text>
          </Group>
          <Text size="sm" c="dimmed">
            {address && `${address} · `}
            {format.dateTime(created_at)}
            {automation_id !== null && " · "}
            {automation_id !== null && (
              <Anchor component={Link} to={`/automations/${automation_id}`} size="sm">
                {t("message.automation")}
              </Anchor>
            )}
          </Text>
        </div>
        <Pill tone={tones[state]}>{t(`message.state.${state}`)}</Pill>
      </Group>
      {reason && (
        <Text size="sm" mt="xs">
          {/* What the other mail server said has no text of ours. */}
          {t(`message.reason.${reason}`, reason)}
        </Text>
      )}
      {hits.length > 0 && (
        <ol className={classes["path"]}>
          {hits.map((hit) => (
            <Hit key={`${hit.kind} ${hit.at} ${hit.link}`} hit={hit} />
          ))}
        </ol>
      )}
    </Card>
  );
}

function Hit({ hit: { kind, link, machine, detail, at } }: { hit: MailHit }) {
  const { t } = useTranslation("mail");
  const format = useFormat();
  const Icon = icons[kind];
  return (
    <li className={classes["step"]}>
      <div style={{ minWidth: 0 }}>
        <Group gap="xs">
          <Icon size={15} stroke={1.7} aria-hidden />
          <Text fw={500} {...(machine && { c: "dimmed" })}>
            {t(`message.hit.${kind}`)}
          </Text>
          {machine && <Pill dot={false}>{t("message.machine")}</Pill>}
        </Group>
        {link && (
          <Text size="sm" c="dimmed" style={{ overflowWrap: "anywhere" }}>
            {link}
          </Text>
        )}
        {detail && (
          <Text size="sm" c="dimmed" style={{ overflowWrap: "anywhere" }}>
            {detail}
          </Text>
        )}
        {machine && (
          <Text size="sm" c="dimmed">
            {t(`message.gaveAway.${machine}`, machine)}
          </Text>
        )}
      </div>
      <Text size="sm" c="dimmed" className="tabular" component="time" dateTime={at}>
        {format.dateTime(at)}
      </Text>
    </li>
  );
}
