import { Group, Input, NumberInput, SegmentedControl, Select, Stack } from "@mantine/core";
import { DateInput, TimePicker } from "@mantine/dates";
import dayjs from "dayjs";
import { useTranslation } from "react-i18next";

import { asObject, present } from "@/flow/json";
import type { ControlProps } from "@/nodes/form/types";
import { WeekdayChips } from "@/ui/fields/WeekdayChips";
import { useFormat } from "@/ui/format";

import { inputProps, textOf } from "./common";

const units = ["minutes", "hours", "days", "weeks", "months"] as const;

export function DurationControl(props: ControlProps) {
  const { t } = useTranslation("editor");
  const format = useFormat();
  const { amount, unit } = asObject(props.value);
  const set = (changes: { amount?: number | undefined; unit?: string }) => {
    const next = present({ unit: "days", ...asObject(props.value), ...changes });
    props.onChange(Object.keys(next).length > 0 ? next : undefined);
  };
  return (
    <Framed {...props}>
      <Group gap="xs" wrap="nowrap">
        <NumberInput
          id={props.id}
          aria-label={format.named(props.label, t("duration.amount"))}
          w={110}
          min={1}
          allowDecimal={false}
          value={typeof amount === "number" ? amount : ""}
          onChange={(number) => set({ amount: typeof number === "number" ? number : undefined })}
          disabled={props.disabled}
        />
        <Select
          aria-label={format.named(props.label, t("duration.unit"))}
          flex={1}
          data={units.map((each) => ({ value: each, label: t(`duration.${each}`) }))}
          value={typeof unit === "string" ? unit : "days"}
          onChange={(each) => each !== null && set({ unit: each })}
          allowDeselect={false}
          disabled={props.disabled}
        />
      </Group>
    </Framed>
  );
}

export function TimeOfDayControl(props: ControlProps) {
  const { t } = useTranslation("editor");
  const format = useFormat();
  return (
    <TimePicker
      {...inputProps(props)}
      hoursInputLabel={format.named(props.label, t("control.hours"))}
      minutesInputLabel={format.named(props.label, t("control.minutes"))}
      value={textOf(props.value)}
      onChange={(time) => props.onChange(time ? time.slice(0, 5) : undefined)}
      clearable
      clearButtonProps={{ "aria-label": t("control.clear") }}
      withDropdown
    />
  );
}

export function WeekdaysControl({ label, description, required, disabled, error, value, onChange }: ControlProps) {
  return (
    <WeekdayChips
      {...{ label, description, required, disabled, error }}
      value={Array.isArray(value) ? value.filter((day) => typeof day === "number") : []}
      onChange={onChange}
    />
  );
}

type Mode = "none" | "after" | "on";
const relative = /^\+(\d+)(days|months)$/;

/** A day by date, or counted from the moment the step is taken: `+2days`, `+5months`. */
export function RelativeDateControl(props: ControlProps) {
  const { t } = useTranslation("editor");
  const format = useFormat();
  const written = textOf(props.value);
  const [, amount = "1", unit = "days"] = relative.exec(written) ?? [];
  const mode: Mode = written === "" ? "none" : written.startsWith("+") ? "after" : "on";
  const modes: Mode[] = props.required ? ["after", "on"] : ["none", "after", "on"];
  return (
    <Framed {...props}>
      <Stack gap="xs">
        <SegmentedControl
          aria-label={props.label}
          size="xs"
          data={modes.map((each) => ({ value: each, label: t(`control.due_${each}`) }))}
          value={mode}
          onChange={(next) => props.onChange(beginning(next))}
          disabled={props.disabled}
        />
        {mode === "after" && (
          <Group gap="xs" wrap="nowrap">
            <NumberInput
              aria-label={format.named(props.label, t("duration.amount"))}
              w={110}
              min={0}
              max={9999}
              allowDecimal={false}
              value={Number(amount)}
              onChange={(number) => typeof number === "number" && props.onChange(`+${String(number)}${unit}`)}
              disabled={props.disabled}
            />
            <Select
              aria-label={format.named(props.label, t("duration.unit"))}
              flex={1}
              data={(["days", "months"] as const).map((each) => ({ value: each, label: t(`duration.${each}`) }))}
              value={unit}
              onChange={(each) => each !== null && props.onChange(`+${amount}${each}`)}
              allowDeselect={false}
              disabled={props.disabled}
            />
          </Group>
        )}
        {mode === "on" && (
          <DateInput
            aria-label={format.named(props.label, t("control.date"))}
            value={written}
            onChange={(day) => day !== null && props.onChange(day)}
            valueFormat="LL"
            disabled={props.disabled}
          />
        )}
      </Stack>
    </Framed>
  );
}

function beginning(mode: Mode): string | undefined {
  if (mode === "none") return undefined;
  return mode === "after" ? "+1days" : dayjs().format("YYYY-MM-DD");
}

function Framed({ label, description, required, error, children }: ControlProps & { children: React.ReactNode }) {
  return (
    <Input.Wrapper label={label} description={description} withAsterisk={required} error={error} labelElement="div">
      {children}
    </Input.Wrapper>
  );
}
