import { Group, MultiSelect, NumberInput, Select, TagsInput, Text, TextInput } from "@mantine/core";
import { DateInput } from "@mantine/dates";
import { useTranslation } from "react-i18next";

import type { Json } from "@/flow/document";

import classes from "./conditions.module.css";
import type { ValueProps } from "./context";
import type { Subject } from "./subjects";

/** The value of a comparison with a text, number, date, choice or yes/no. */
export function PlainValue(props: ValueProps) {
  switch (props.shape) {
    case "none":
      return null;
    case "many":
      return <ManyValue {...props} />;
    case "range":
      return <RangeValue {...props} />;
    case "date":
      return <DateValue {...props} />;
    case "number":
    case "duration":
      return <NumberValue {...props} />;
    case "one":
      return <OneValue {...props} />;
  }
}

function useLabel(): string {
  return useTranslation("editor").t("condition.value");
}

function OneValue(props: ValueProps) {
  const { t } = useTranslation("editor");
  const { subject, value, onChange, disabled } = props;
  const label = useLabel();
  if (subject?.kind === "boolean") return <YesNoValue {...props} />;
  if (subject?.kind === "number") return <NumberValue {...props} />;
  if (subject && subject.options.length > 0) {
    return (
      <Select
        className={classes.value ?? ""}
        aria-label={label}
        placeholder={t("condition.choose_value")}
        data={choices(subject, value)}
        value={typeof value === "string" ? value : null}
        onChange={(chosen) => onChange(chosen ?? undefined)}
        searchable
        disabled={disabled}
        size="xs"
      />
    );
  }
  return (
    <TextInput
      className={classes.value ?? ""}
      aria-label={label}
      placeholder={label}
      value={typeof value === "string" || typeof value === "number" ? String(value) : ""}
      onChange={(event) => onChange(event.currentTarget.value || undefined)}
      disabled={disabled}
      size="xs"
    />
  );
}

function YesNoValue({ value, onChange, disabled }: ValueProps) {
  const { t } = useTranslation("editor");
  return (
    <Select
      className={classes.value ?? ""}
      aria-label={useLabel()}
      placeholder={t("condition.choose_value")}
      data={[
        { value: "true", label: t("common.yes") },
        { value: "false", label: t("common.no") },
      ]}
      value={typeof value === "boolean" ? String(value) : null}
      onChange={(chosen) => onChange(chosen === null ? undefined : chosen === "true")}
      disabled={disabled}
      size="xs"
    />
  );
}

function ManyValue({ subject, value, onChange, disabled }: ValueProps) {
  const { t } = useTranslation("editor");
  const given = Array.isArray(value) && value.length > 0;
  const common = {
    className: classes.value ?? "",
    "aria-label": useLabel(),
    value: Array.isArray(value) ? value.map(String) : [],
    onChange: (chosen: string[]) => onChange(chosen.length > 0 ? chosen : undefined),
    disabled,
    size: "xs",
  };
  return subject && subject.options.length > 0 ? (
    <MultiSelect
      {...common}
      placeholder={given ? "" : t("condition.choose_values")}
      data={choices(subject, value)}
      searchable
    />
  ) : (
    <TagsInput {...common} placeholder={given ? "" : t("control.add_value")} acceptValueOnBlur />
  );
}

function NumberValue({ shape, value, onChange, disabled }: ValueProps) {
  const { t } = useTranslation("editor");
  const days = shape === "duration";
  const label = useLabel();
  return (
    <Group gap={6} wrap="nowrap" className={classes.value ?? ""}>
      <NumberInput
        className={classes.grow ?? ""}
        aria-label={label}
        placeholder={label}
        value={typeof value === "number" ? value : ""}
        onChange={(number) => onChange(typeof number === "number" ? number : undefined)}
        allowDecimal={!days}
        {...(days && { min: 0, max: 36_600 })}
        disabled={disabled}
        size="xs"
      />
      {days && (
        <Text size="xs" c="dimmed">
          {t("duration.days")}
        </Text>
      )}
    </Group>
  );
}

function DateValue({ value, onChange, disabled }: ValueProps) {
  const { t } = useTranslation("editor");
  return (
    <DateInput
      className={classes.value ?? ""}
      aria-label={useLabel()}
      placeholder={t("control.choose_date")}
      value={typeof value === "string" ? value : null}
      onChange={(day) => onChange(day ?? undefined)}
      valueFormat="LL"
      clearable
      disabled={disabled}
      size="xs"
    />
  );
}

function RangeValue({ subject, value, onChange, disabled }: ValueProps) {
  const { t } = useTranslation("editor");
  const ends: readonly Json[] = Array.isArray(value) ? value : [null, null];
  const setEnd = (index: number, end: Json) => onChange([0, 1].map((at) => (at === index ? end : (ends[at] ?? null))));
  return (
    <Group gap={6} wrap="nowrap" className={classes.value ?? ""}>
      {[t("condition.from"), t("condition.to")].map((label, index) =>
        subject?.kind === "date" ? (
          <DateInput
            key={label}
            className={classes.grow ?? ""}
            aria-label={label}
            placeholder={label}
            value={typeof ends[index] === "string" ? ends[index] : null}
            onChange={(day) => setEnd(index, day)}
            valueFormat="LL"
            disabled={disabled}
            size="xs"
          />
        ) : (
          <NumberInput
            key={label}
            className={classes.grow ?? ""}
            aria-label={label}
            placeholder={label}
            value={typeof ends[index] === "number" ? ends[index] : ""}
            onChange={(number) => setEnd(index, typeof number === "number" ? number : null)}
            disabled={disabled}
            size="xs"
          />
        ),
      )}
    </Group>
  );
}

/** The subject's options, and what was chosen before they changed. */
function choices(subject: Subject, value: Json | undefined): Subject["options"] {
  const chosen = (Array.isArray(value) ? (value as readonly Json[]) : [value]).filter((each) => typeof each === "string");
  const lost = chosen.filter((each) => !subject.options.some((option) => option.value === each));
  return [...subject.options, ...lost.map((each) => ({ value: each, label: each }))];
}
