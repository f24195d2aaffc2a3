/* oxlint-disable unicorn/no-thenable -- so the stored form calls it; it is a word, never a function */
import { Group, Input, Select, Stack, Switch } from "@mantine/core";
import { TimePicker } from "@mantine/dates";
import { useState } from "react";
import { useTranslation } from "react-i18next";

import { WeekdayChips } from "./WeekdayChips";

/** Hours by the contact's clock, to the next day if `to` is not later, and what becomes of a step that falls into them. */
export type QuietHours<Then extends string> = {
  readonly from: string;
  readonly to: string;
  readonly days?: readonly number[];
  readonly then: Then;
};

interface QuietHoursFieldsProps<Then extends string> {
  label: string;
  description: string;
  value: QuietHours<Then> | undefined;
  onChange: (hours: QuietHours<Then> | undefined) => void;
  /** What may become of steps; the first is proposed. */
  thens: readonly { value: Then; label: string }[];
  disabled?: boolean;
}

const everyDay = [1, 2, 3, 4, 5, 6, 7];

/** Whether there are quiet hours, and which. */
export function QuietHoursFields<Then extends string>(props: QuietHoursFieldsProps<Then>) {
  const { label, description, value, onChange, thens, disabled = false } = props;
  const [first] = thens;
  const begin = () => first && onChange({ from: "21:00", to: "08:00", then: first.value });
  return (
    <Stack gap="sm">
      <Switch
        label={label}
        description={description}
        checked={value !== undefined}
        onChange={(event) => (event.currentTarget.checked ? begin() : onChange(undefined))}
        disabled={disabled}
      />
      {value && <Details {...props} value={value} />}
    </Stack>
  );
}

function Details<Then extends string>({
  value,
  onChange,
  thens,
  disabled = false,
}: QuietHoursFieldsProps<Then> & { value: QuietHours<Then> }) {
  const { t } = useTranslation("settings");
  /** Hours that never begin or never end are shown with their fault, and are not kept. */
  const [refused, setRefused] = useState<QuietHours<Then> | null>(null);
  const shown = refused ?? value;
  const { days: _, ...rest } = shown;
  const change = (next: QuietHours<Then>) => {
    const sound = next.days ? next.days.length > 0 : next.from !== next.to;
    setRefused(sound ? null : next);
    if (sound) onChange(next);
  };
  return (
    <>
      <Group grow align="flex-start">
        {(["from", "to"] as const).map((end) => (
          <TimePicker
            key={end}
            label={t(`quiet.${end}`)}
            hoursInputLabel={t(`quiet.${end}_hours`)}
            minutesInputLabel={t(`quiet.${end}_minutes`)}
            value={shown[end]}
            onChange={(time) => time && change({ ...shown, [end]: time.slice(0, 5) })}
            disabled={disabled}
          />
        ))}
      </Group>
      <WeekdayChips
        label={t("quiet.days")}
        value={shown.days ?? everyDay}
        onChange={(days) => change(days.length === everyDay.length ? rest : { ...rest, days })}
        disabled={disabled}
      />
      {refused && <Input.Error>{t("quiet.unsound")}</Input.Error>}
      <Select
        label={t("quiet.then")}
        data={[...thens]}
        value={shown.then}
        onChange={(then) => {
          const chosen = thens.find((each) => each.value === then);
          if (chosen) change({ ...shown, then: chosen.value });
        }}
        allowDeselect={false}
        disabled={disabled}
      />
    </>
  );
}
