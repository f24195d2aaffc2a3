import { Button, Group, Stack, Text, Title } from "@mantine/core";
import { IconPlus, IconTrash } from "@tabler/icons-react";
import { useTranslation } from "react-i18next";

import { useDocument, useEditor, useVerbs } from "@/canvas/state/EditorContext";
import type { ExitEvent } from "@/flow/document";
import { ConditionBuilder } from "@/nodes/ConditionBuilder";
import { EventNameInput } from "@/nodes/controls/EventNameInput";

const MOST = 20;

/** Events that take a contact out of the automation, wherever it stands. */
export function ExitEvents() {
  const { t } = useTranslation("editor");
  const readOnly = useEditor((state) => state.readOnly);
  const events = useDocument().settings.exit_events ?? [];
  const verbs = useVerbs();
  const set = (next: readonly ExitEvent[]) => verbs.settings({ exit_events: next });
  const change = (index: number, event: ExitEvent) => set(events.map((each, at) => (at === index ? event : each)));
  return (
    <div>
      <Title order={3} size="h5">
        {t("settings.exit_events")}
      </Title>
      <Text size="sm" c="dimmed" mb="sm">
        {t("settings.exit_events_detail")}
      </Text>
      <Stack gap="md">
        {events.map((event, index) => (
          // Events may be named twice: their place is all that tells them apart.
          // oxlint-disable-next-line react/no-array-index-key
          <Stack key={index} gap={6}>
            <EventNameInput
              label={t("settings.exit_event_number", { number: index + 1 })}
              placeholder={t("control.choose_event")}
              value={event.event}
              onChange={(name) => change(index, { ...event, event: name })}
              disabled={readOnly}
            />
            <ConditionBuilder
              scope="event"
              label={t("settings.exit_event_filter")}
              value={event.filter}
              onChange={(filter) => change(index, { ...event, filter })}
              disabled={readOnly}
            />
            {!readOnly && (
              <Group justify="flex-end">
                <Button
                  size="compact-xs"
                  variant="subtle"
                  color="gray"
                  leftSection={<IconTrash size={14} />}
                  onClick={() => set(events.filter((_, at) => at !== index))}
                >
                  {t("settings.exit_event_remove")}
                </Button>
              </Group>
            )}
          </Stack>
        ))}
        {!readOnly && events.length < MOST && (
          <Button
            variant="default"
            leftSection={<IconPlus size={16} />}
            onClick={() => set([...events, { event: "" }])}
          >
            {t("settings.exit_event_add")}
          </Button>
        )}
      </Stack>
    </div>
  );
}
