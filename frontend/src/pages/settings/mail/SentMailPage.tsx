import { Accordion, Group, Text } from "@mantine/core";
import { IconMailForward } from "@tabler/icons-react";
import { useTranslation } from "react-i18next";

import { useSentMail } from "@/api/settings";
import type { SentMail } from "@/api/types";
import { Pill, type Tone } from "@/ui/badge/Pill";
import { EmptyState } from "@/ui/feedback/EmptyState";
import { Loaded } from "@/ui/feedback/Loaded";
import { SkeletonRows } from "@/ui/feedback/SkeletonRows";
import { EndMark } from "@/ui/table/EndMark";
import { RelativeTime } from "@/ui/time/RelativeTime";

import { SectionHead } from "../SectionHead";

const tones: Record<SentMail["state"], Tone> = {
  pending: "neutral",
  held: "warn",
  sent: "ok",
  kept: "warn",
  failed: "bad",
};

/** Every mail that left or, without a mail server, was kept. */
export default function SentMailPage() {
  const { t } = useTranslation("settings");
  const query = useSentMail();
  const items = query.items ?? [];
  return (
    <>
      <SectionHead title={t("section.sent-mail")} body={t("sentMail.body")} />
      <Loaded query={query} skeleton={<SkeletonRows />}>
        {() =>
          items.length === 0 ? (
            <EmptyState icon={<IconMailForward size={22} />} title={t("sentMail.none")} body={t("sentMail.noneBody")} />
          ) : (
            <Accordion variant="contained" radius="lg" bg="var(--cz-surface)">
              {items.map((mail) => (
                <MailItem key={mail.id} mail={mail} />
              ))}
            </Accordion>
          )
        }
      </Loaded>
      {query.hasNextPage && <EndMark key={items.length} onSeen={() => void query.fetchNextPage()} />}
    </>
  );
}

function MailItem({ mail: { id, to, subject, body_text, state, at, error } }: { mail: SentMail }) {
  const { t } = useTranslation("settings");
  return (
    <Accordion.Item value={String(id)}>
      <Accordion.Control>
        <Group justify="space-between" gap="xs" pr="sm">
          <div style={{ minWidth: 0 }}>
            <Text fw={550}>{subject}</Text>
            <Text size="sm" c="dimmed">
              {to} · <RelativeTime at={at} />
            </Text>
          </div>
          <Pill tone={tones[state]}>{t(`sentMail.state.${state}`)}</Pill>
        </Group>
      </Accordion.Control>
      <Accordion.Panel>
        {error && (
          <Text size="sm" c="var(--cz-bad)" mb="sm">
            {error}
          </Text>
        )}
        <Text style={{ whiteSpace: "pre-wrap", overflowWrap: "anywhere" }}>{body_text}</Text>
      </Accordion.Panel>
    </Accordion.Item>
  );
}
