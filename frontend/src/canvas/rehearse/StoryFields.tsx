import { ActionIcon, Button, Group, NumberInput, Select, Stack, Text, TextInput } from "@mantine/core";
import { IconPlus, IconX } from "@tabler/icons-react";
import { useTranslation } from "react-i18next";

import { EventNameInput } from "@/nodes/controls/EventNameInput";

import classes from "./rehearse.module.css";
import type { Datum, Line, Unit } from "./script";

const units: readonly Unit[] = ["minutes", "hours", "days", "weeks", "months"];
const first: Line = { amount: 1, unit: "hours", event: null, data: [] };

/** What happens to the contact after it entered, line by line; a line without an event lets time pass. */
export function StoryFields({ lines, onChange }: { lines: readonly Line[]; onChange: (lines: Line[]) => void }) {
  const { t } = useTranslation(["rehearsals", "editor"]);
  const change = (index: number, part: Partial<Line>) =>
    onChange(lines.map((line, at) => (at === index ? { ...line, ...part } : line)));
  return (
    <fieldset className={classes["group"]}>
      <legend>{t("story.title")}</legend>
      <Stack gap="sm">
        {lines.map((line, index) => (
          // oxlint-disable-next-line no-array-index-key -- lines have no name of their own; they are only added at the end
          <div key={index} className={classes["line"]}>
            <Group gap="xs" wrap="nowrap">
              <Text size="sm">{t("story.after")}</Text>
              <NumberInput
                aria-label={t("story.amount", { number: index + 1 })}
                w={76}
                min={0}
                max={10_000}
                allowDecimal={false}
                value={line.amount}
                onChange={(amount) => change(index, { amount: typeof amount === "number" ? amount : 0 })}
              />
              <Select
                aria-label={t("story.unit", { number: index + 1 })}
                flex={1}
                allowDeselect={false}
                data={units.map((unit) => ({ value: unit, label: t(`editor:duration.${unit}`) }))}
                value={line.unit}
                onChange={(unit) => unit && change(index, { unit })}
              />
              <ActionIcon
                variant="subtle"
                color="gray"
                size={32}
                aria-label={t("story.remove", { number: index + 1 })}
                onClick={() => onChange(lines.filter((_, at) => at !== index))}
              >
                <IconX size={16} />
              </ActionIcon>
            </Group>
            <EventNameInput
              aria-label={t("story.event", { number: index + 1 })}
              placeholder={t("story.nothing")}
              value={line.event ?? ""}
              onChange={(event) => change(index, { event: event.trim() || null })}
            />
            {line.event && <DataFields data={line.data} onChange={(data) => change(index, { data })} />}
          </div>
        ))}
        <Button
          variant="subtle"
          size="compact-sm"
          leftSection={<IconPlus size={14} />}
          style={{ alignSelf: "start" }}
          onClick={() => onChange([...lines, first])}
        >
          {t("story.add")}
        </Button>
      </Stack>
    </fieldset>
  );
}

/** What an event carries, as pairs. */
export function DataFields({ data, onChange }: { data: readonly Datum[]; onChange: (data: Datum[]) => void }) {
  const { t } = useTranslation("rehearsals");
  const change = (index: number, part: Partial<Datum>) =>
    onChange(data.map((datum, at) => (at === index ? { ...datum, ...part } : datum)));
  return (
    <Stack gap={6}>
      {data.map((datum, index) => (
        // oxlint-disable-next-line no-array-index-key -- a key may be empty while it is typed
        <Group key={index} gap="xs" wrap="nowrap">
          <TextInput
            aria-label={t("data.key", { number: index + 1 })}
            placeholder={t("data.keyHint")}
            flex={1}
            value={datum.key}
            onChange={(event) => change(index, { key: event.currentTarget.value })}
          />
          <TextInput
            aria-label={t("data.value", { number: index + 1 })}
            placeholder={t("data.valueHint")}
            flex={1}
            value={datum.value}
            onChange={(event) => change(index, { value: event.currentTarget.value })}
          />
          <ActionIcon
            variant="subtle"
            color="gray"
            size={32}
            aria-label={t("data.remove", { number: index + 1 })}
            onClick={() => onChange(data.filter((_, at) => at !== index))}
          >
            <IconX size={16} />
          </ActionIcon>
        </Group>
      ))}
      <Button
        variant="subtle"
        size="compact-xs"
        leftSection={<IconPlus size={13} />}
        style={{ alignSelf: "start" }}
        onClick={() => onChange([...data, { key: "", value: "" }])}
      >
        {t("data.add")}
      </Button>
    </Stack>
  );
}
