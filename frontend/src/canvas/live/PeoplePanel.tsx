import { Anchor, Button, Group, Skeleton, Stack, Text } from "@mantine/core";
import { useTranslation } from "react-i18next";
import { Link } from "react-router";

import { type Enrollment, type PeopleFilter, usePeople, useRetry } from "@/api/editor";
import { useCan } from "@/api/session";
import { useEditorScope, useStepWords } from "@/canvas/state/EditorContext";
import { toastDone, toastProblem } from "@/ui/feedback/toast";
import { SidePanel } from "@/ui/panel/SidePanel";
import { useFormat } from "@/ui/format";

import classes from "./PeoplePanel.module.css";

interface PeoplePanelProps {
  filter: PeopleFilter | null;
  onClose: () => void;
}

/** Who stands at a step now, or failed there: each a link to the contact, failed ones can be tried again. */
export function PeoplePanel({ filter, onClose }: PeoplePanelProps) {
  const { t } = useTranslation("editor");
  const words = useStepWords();
  const title = filter ? t(filter.state === "failed" ? "people.failed_at" : "people.waiting_at", { step: words.step(filter.node) }) : "";
  return (
    <SidePanel opened={filter !== null} onClose={onClose} title={title}>
      {filter && <People filter={filter} />}
    </SidePanel>
  );
}

function People({ filter }: { filter: PeopleFilter }) {
  const { t } = useTranslation("editor");
  const { automation } = useEditorScope();
  const people = usePeople(automation, filter);
  if (!people.items) return <Skeleton height={48} />;
  if (people.items.length === 0) return <Text c="dimmed">{t("people.nobody")}</Text>;
  return (
    <Stack gap={0}>
      <ul className={classes["people"]}>
        {people.items.map((person) => (
          <li key={person.id}>
            <Person person={person} />
          </li>
        ))}
      </ul>
      {people.hasNextPage && (
        <Button variant="default" mt="md" loading={people.isFetchingNextPage} onClick={() => void people.fetchNextPage()}>
          {t("people.more")}
        </Button>
      )}
    </Stack>
  );
}

function Person({ person }: { person: Enrollment }) {
  const { t } = useTranslation("editor");
  const { automation } = useEditorScope();
  const format = useFormat();
  const mayRetry = useCan()("automations.activate");
  const retry = useRetry(automation);
  const { contact, reason, wake_at, entered_at } = person;
  return (
    <Group wrap="nowrap" align="flex-start" gap="sm">
      <div className={classes["who"]}>
        <Anchor component={Link} to={`/contacts/${String(contact.id)}`} fw={600}>
          {contact.name || contact.email || t("people.unnamed", { id: contact.id })}
        </Anchor>
        <Text size="sm" c="dimmed">
          {reason ?? (wake_at ? t("people.until", { time: format.dateTime(wake_at) }) : t("people.since", { time: format.dateTime(entered_at) }))}
        </Text>
      </div>
      {person.state === "failed" && mayRetry && (
        <Button
          size="compact-sm"
          variant="default"
          loading={retry.isPending}
          onClick={() =>
            retry.mutate(person.id, {
              onSuccess: () => toastDone({ message: t("people.retried") }),
              onError: toastProblem,
            })
          }
        >
          {t("people.retry")}
        </Button>
      )}
    </Group>
  );
}
