import { Group, Input, NumberInput, Select, Stack, Switch, Title } from "@mantine/core";
import { TimePicker } from "@mantine/dates";
import { useState } from "react";
import { useTranslation } from "react-i18next";

import { useDocument, useEditor, useVerbs } from "@/canvas/state/EditorContext";
import type { EntryHours } from "@/flow/document";
import { WeekdayChips } from "@/ui/fields/WeekdayChips";
import { useFormat } from "@/ui/format";

const officeHours: EntryHours = { days: [1, 2, 3, 4, 5], from: "09:00", to: "18:00", outside: "wait" };

/** How many contacts may enter a day, and at which hours. */
export function EntryRules() {
  const { t } = useTranslation("entries");
  const readOnly = useEditor((state) => state.readOnly);
  const { entry_limit: limit, entry_hours: hours } = useDocument().settings;
  const verbs = useVerbs();
  return (
    <Stack gap="md">
      <Title order={3} size="h5">
        {t("rules.title")}
      </Title>
      <NumberInput
        label={t("rules.limit")}
        description={t("rules.limit_detail")}
        min={1}
        max={10_000_000}
        clampBehavior="strict"
        allowDecimal={false}
        thousandSeparator=" "
        value={limit ?? ""}
        onChange={(value) => verbs.settings({ entry_limit: typeof value === "number" && value > 0 ? value : undefined })}
        disabled={readOnly}
      />
      <Switch
        label={t("rules.hours")}
        description={t("rules.hours_detail")}
        checked={hours !== undefined}
        onChange={(event) => verbs.settings({ entry_hours: event.currentTarget.checked ? officeHours : undefined })}
        disabled={readOnly}
      />
      {hours && <HoursFields hours={hours} disabled={readOnly} />}
    </Stack>
  );
}

function HoursFields({ hours, disabled }: { hours: EntryHours; disabled: boolean }) {
  const { t } = useTranslation(["entries", "editor"]);
  const format = useFormat();
  const verbs = useVerbs();
  /** Hours that make no sense are shown with their fault, and are not kept. */
  const [refused, setRefused] = useState<EntryHours | null>(null);
  const shown = refused ?? hours;
  const change = (changes: Partial<EntryHours>) => {
    const next = { ...shown, ...changes };
    const sound = next.from < next.to && next.days.length > 0;
    setRefused(sound ? null : next);
    if (sound) verbs.settings({ entry_hours: next });
  };
  return (
    <Stack gap="sm">
      <WeekdayChips label={t("rules.days")} value={shown.days} onChange={(days) => change({ days })} disabled={disabled} />
      <Group grow align="flex-start">
        <TimePicker
          label={t("rules.from")}
          hoursInputLabel={format.named(t("rules.from"), t("editor:control.hours"))}
          minutesInputLabel={format.named(t("rules.from"), t("editor:control.minutes"))}
          value={shown.from}
          onChange={(time) => time && change({ from: time.slice(0, 5) })}
          disabled={disabled}
        />
        <TimePicker
          label={t("rules.to")}
          hoursInputLabel={format.named(t("rules.to"), t("editor:control.hours"))}
          minutesInputLabel={format.named(t("rules.to"), t("editor:control.minutes"))}
          value={shown.to}
          onChange={(time) => time && change({ to: time.slice(0, 5) })}
          disabled={disabled}
        />
      </Group>
      {refused && <Input.Error>{t("rules.unsound")}</Input.Error>}
      <Select
        label={t("rules.outside")}
        data={[
          { value: "wait", label: t("rules.wait") },
          { value: "refuse", label: t("rules.refuse") },
        ]}
        value={shown.outside}
        onChange={(outside) => outside && change({ outside })}
        allowDeselect={false}
        disabled={disabled}
      />
    </Stack>
  );
}
