import { Anchor, Button, Group, Text } from "@mantine/core";
import { IconChecks, IconRefresh } from "@tabler/icons-react";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { Link } from "react-router";

import { type DeadLetterFilter, useDeadLetterGroups, useDeadLetters, useReplay } from "@/api/operations";
import type { DeadLetter } from "@/api/types";
import { GuardedButton } from "@/ui/actions/GuardedButton";
import { Pill } from "@/ui/badge/Pill";
import { Card } from "@/ui/card/Card";
import { EmptyState } from "@/ui/feedback/EmptyState";
import { Loaded } from "@/ui/feedback/Loaded";
import { SkeletonRows } from "@/ui/feedback/SkeletonRows";
import { tellOutcome } from "@/ui/feedback/tellOutcome";
import { toastDone } from "@/ui/feedback/toast";
import { ItemRow } from "@/ui/list/ItemRow";
import { EndMark } from "@/ui/table/EndMark";
import { RelativeTime } from "@/ui/time/RelativeTime";

import { SectionHead } from "../SectionHead";
import { Filters } from "./Filters";
import { useWords } from "./useWords";

/** What could not be worked through or delivered, and one click to try it again. */
export default function DeadLettersPage() {
  const { t } = useTranslation(["operations", "settings"]);
  const [filter, setFilter] = useState<DeadLetterFilter>({ kind: null, reason: null });
  const groups = useDeadLetterGroups().data?.items ?? [];
  const query = useDeadLetters(filter);
  const items = query.items ?? [];
  const isFiltered = filter.kind !== null || filter.reason !== null;
  return (
    <>
      <SectionHead title={t("settings:section.dead-letters")} body={t("deadLetters.body")} />
      {groups.length > 0 && (
        <Group mb="md" gap="sm" align="flex-end">
          <Filters groups={groups} filter={filter} onChange={setFilter} />
          <ReplayAll filter={filter} count={groups.filter((group) => fits(group, filter)).reduce((sum, { count }) => sum + count, 0)} />
        </Group>
      )}
      <Loaded query={query} skeleton={<SkeletonRows />}>
        {() =>
          items.length === 0 ? (
            <EmptyState
              icon={<IconChecks size={22} />}
              title={isFiltered ? t("deadLetters.noneFound") : t("deadLetters.none")}
              body={t("deadLetters.noneBody")}
            />
          ) : (
            <Card flush>
              {items.map((letter) => (
                <LetterRow key={letter.id} letter={letter} />
              ))}
            </Card>
          )
        }
      </Loaded>
      {query.hasNextPage && <EndMark key={items.length} onSeen={() => void query.fetchNextPage()} />}
    </>
  );
}

function fits(group: { kind: string; reason: string }, { kind, reason }: DeadLetterFilter): boolean {
  return (kind === null || group.kind === kind) && (reason === null || group.reason === reason);
}

/** All of the kind that is chosen; without one there is no such button, as kinds are repaired apart. */
function ReplayAll({ filter: { kind, reason }, count }: { filter: DeadLetterFilter; count: number }) {
  const { t } = useTranslation("operations");
  const words = useWords();
  const replay = useReplay();
  if (kind === null || count === 0) return null;
  return (
    <GuardedButton
      permission="operations.replay"
      leftSection={<IconRefresh size={16} />}
      loading={replay.isPending}
      onClick={() =>
        tellOutcome(replay.mutateAsync({ kind, reason }), (done) => toastDone({ message: words.outcome(done) }))
      }
    >
      {t("deadLetters.replayAll", { count })}
    </GuardedButton>
  );
}

function LetterRow({ letter }: { letter: DeadLetter }) {
  const { t } = useTranslation("operations");
  const words = useWords();
  const replay = useReplay();
  const { id, kind, reason, at, contact } = letter;
  const about = words.about(letter);
  return (
    <ItemRow
      menu={
        <Button
          variant="default"
          size="compact-sm"
          loading={replay.isPending}
          aria-label={t("deadLetters.replayLabel", { what: [words.kind(kind), contact?.name].filter(Boolean).join(", ") })}
          onClick={() =>
            tellOutcome(replay.mutateAsync({ id }), (done) => toastDone({ message: words.outcome(done) }))
          }
        >
          {t("deadLetters.replay")}
        </Button>
      }
    >
      <Group gap="xs">
        <Pill tone="bad">{words.kind(kind)}</Pill>
        <Text fw={550} style={{ overflowWrap: "anywhere" }}>
          {reason}
        </Text>
      </Group>
      <Text size="sm" c="dimmed">
        {contact && (
          <>
            <Anchor component={Link} to={`/contacts/${contact.id}`} fz="inherit" underline="always">
              {contact.name}
            </Anchor>
            {" · "}
          </>
        )}
        {about && `${about} · `}
        <RelativeTime at={at} />
      </Text>
    </ItemRow>
  );
}
