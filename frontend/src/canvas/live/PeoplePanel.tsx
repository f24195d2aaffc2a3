import { Anchor, Button, Group, Skeleton, Stack, Text } from "@mantine/core";
import { IconUserOff } from "@tabler/icons-react";
import type { TFunction } from "i18next";
import { useTranslation } from "react-i18next";
import { Link } from "react-router";

import { type Enrollment, type PeopleFilter, type Stats, usePeople, useRetry } from "@/api/editor";
import { useCan } from "@/api/session";
import { useDocument, useEditor, useEditorScope, useStepWords } from "@/canvas/state/EditorContext";
import type { StepWords } from "@/canvas/verbs";
import { tellOutcome } from "@/ui/feedback/tellOutcome";
import { toastDone } from "@/ui/feedback/toast";
import { PanelBody, SidePanel } from "@/ui/panel/SidePanel";
import { editorWithWay } from "@/ui/editorAt";
import { useFormat } from "@/ui/format";
import { useStandstill } from "@/ui/standstill/useStandstill";

import classes from "./PeoplePanel.module.css";

interface PeoplePanelProps {
  filter: PeopleFilter | null;
  stats: Stats | undefined;
  /** Those in that version; null: in whichever. */
  version: number | null;
  /** Those behind a number of the last days; undefined: of ever. */
  days: number | undefined;
  onClose: () => void;
}

/** Who stands at a step now (and can be stopped), or failed there (and can be tried again): each a link to the contact. */
export function PeoplePanel({ filter, stats, version, days, onClose }: PeoplePanelProps) {
  const { t } = useTranslation(["editor", "reading"]);
  const words = useStepWords();
  const title = filter ? titleOf(filter, words, t) : "";
  return (
    <SidePanel opened={filter !== null} onClose={onClose} title={title}>
      <PanelBody>
        {filter && (
          <People
            filter={filter}
            version={version}
            days={days}
            waiting={(filter.node && stats?.nodes[filter.node]?.waiting) || 0}
            onWay={onClose}
          />
        )}
      </PanelBody>
    </SidePanel>
  );
}

function titleOf({ node, group, state, port }: PeopleFilter, words: StepWords, t: TFunction<["editor", "reading"]>): string {
  if (node === null && !group) return t("people.failed");
  const step = group?.name ?? words.step(node ?? "");
  if (state === "active") return t("people.waiting_at", { step });
  if (state === "failed") return t("people.failed_at", { step });
  return port === undefined || node === null
    ? t("reading:period.people_passed", { step })
    : t("reading:period.people_way", { step, port: words.port({ from: node, port }) });
}

interface PeopleProps {
  filter: PeopleFilter;
  version: number | null;
  days: number | undefined;
  waiting: number;
  /** One of them is to be shown on the canvas. */
  onWay: () => void;
}

function People({ filter, version, days, waiting, onWay }: PeopleProps) {
  const { t } = useTranslation(["editor", "standstill"]);
  // Stopping all at a step is for all versions.
  const mayStop = useCan()("automations.activate") && filter.state === "active" && filter.node !== null && version === null && waiting > 0;
  const { automation } = useEditorScope();
  const { stop } = useStandstill({ id: automation, name: useDocument().name });
  const people = usePeople(automation, filter, { version, days });
  if (!people.items) return <Skeleton height={48} />;
  if (people.items.length === 0) return <Text c="dimmed">{t("people.nobody")}</Text>;
  return (
    <Stack gap={0}>
      <ul className={classes["people"]}>
        {people.items.map((person) => (
          <li key={person.id}>
            <Person person={person} onWay={onWay} />
          </li>
        ))}
      </ul>
      {mayStop && (
        <Button
          variant="default"
          mt="md"
          leftSection={<IconUserOff size={16} />}
          onClick={() => stop({ node: filter.node }, waiting)}
        >
          {t("standstill:stop.all_here")}
        </Button>
      )}
      {people.hasNextPage && (
        <Button variant="default" mt="md" loading={people.isFetchingNextPage} onClick={() => void people.fetchNextPage()}>
          {t("people.more")}
        </Button>
      )}
    </Stack>
  );
}

function Person({ person, onWay }: { person: Enrollment; onWay: () => void }) {
  const { t } = useTranslation(["editor", "reading", "standstill"]);
  const { automation } = useEditorScope();
  const { stop } = useStandstill({ id: automation, name: useDocument().name });
  const format = useFormat();
  const mayAct = useCan()("automations.activate");
  const readOnly = useEditor((state) => state.readOnly);
  const retry = useRetry(automation);
  const { id, version, contact, reason, held_by, wake_at, entered_at } = person;
  const name = contact.name || contact.email || t("people.unnamed", { id: contact.id });
  return (
    <Group wrap="nowrap" align="flex-start" gap="sm">
      <div className={classes["who"]}>
        <Anchor component={Link} to={`/contacts/${String(contact.id)}`} fw={600}>
          {name}
        </Anchor>
        <Text size="sm" c="dimmed">
          {held_by && <>{held_by}. </>}
          {reason ?? (wake_at ? t("people.until", { time: format.dateTime(wake_at) }) : t("people.since", { time: format.dateTime(entered_at) }))}
          {readOnly && (
            <>
              {" · "}
              <Anchor
                component={Link}
                to={editorWithWay(automation, { version, contact: contact.id, run: id })}
                onClick={onWay}
                inherit
                underline="always"
              >
                {t("reading:way.show")}
              </Anchor>
            </>
          )}
        </Text>
      </div>
      {person.state === "active" && mayAct && (
        <Button size="compact-sm" variant="default" onClick={() => stop({ enrollment_id: person.id }, 1, name)}>
          {t("standstill:stop.verb")}
        </Button>
      )}
      {person.state === "failed" && mayAct && (
        <Button
          size="compact-sm"
          variant="default"
          loading={retry.isPending}
          onClick={() =>
            tellOutcome(retry.mutateAsync(person.id), () => toastDone({ message: t("people.retried") }))
          }
        >
          {t("people.retry")}
        </Button>
      )}
    </Group>
  );
}
