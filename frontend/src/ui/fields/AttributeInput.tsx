import { Input, MultiSelect, NumberInput, SegmentedControl, Select, TextInput } from "@mantine/core";
import { DatePickerInput } from "@mantine/dates";
import type { ReactNode } from "react";
import { useTranslation } from "react-i18next";

import type { Attribute, AttributeValue } from "@/api/types";

interface AttributeInputProps {
  attribute: Attribute;
  value: unknown;
  onChange: (value: AttributeValue) => void;
  /** Shown above; without it the attribute's name is only read out. */
  label?: string;
  error?: ReactNode;
  autoFocus?: boolean;
}

const texts = (value: unknown) => (Array.isArray(value) ? value.map(String) : []);
const text = (value: unknown) => (typeof value === "string" ? value : "");

/** An input that fits the attribute's type; empty is null. */
export function AttributeInput({ attribute, value, onChange, label, error, autoFocus }: AttributeInputProps) {
  const { t } = useTranslation();
  const shared = { label, error, "aria-label": label ? undefined : attribute.name, "data-autofocus": autoFocus, autoFocus };
  switch (attribute.kind) {
    case "number":
      return (
        <NumberInput
          {...shared}
          value={typeof value === "number" ? value : ""}
          onChange={(entered) => onChange(typeof entered === "number" ? entered : null)}
        />
      );
    case "date":
      return (
        <DatePickerInput
          {...shared}
          clearable
          clearButtonProps={{ "aria-label": t("clear") }}
          valueFormat="LL"
          value={text(value) || null}
          onChange={onChange}
        />
      );
    case "boolean":
      return <BooleanInput label={label ?? attribute.name} hideLabel={!label} value={value} onChange={onChange} />;
    case "category":
      return (
        <Select
          {...shared}
          clearable
          searchable={attribute.options.length > 8}
          data={attribute.options}
          value={text(value) || null}
          onChange={onChange}
        />
      );
    case "multiple_choice":
      return <MultiSelect {...shared} clearable searchable data={attribute.options} value={texts(value)} onChange={onChange} />;
    default:
      return (
        <TextInput
          {...shared}
          value={text(value)}
          onChange={(event) => onChange(event.currentTarget.value === "" ? null : event.currentTarget.value)}
        />
      );
  }
}

interface BooleanInputProps {
  label: string;
  hideLabel: boolean;
  value: unknown;
  onChange: (value: AttributeValue) => void;
}

function BooleanInput({ label, hideLabel, value, onChange }: BooleanInputProps) {
  const { t } = useTranslation();
  const now = typeof value === "boolean" ? String(value) : "";
  return (
    <Input.Wrapper label={hideLabel ? undefined : label} labelElement="div">
      <SegmentedControl
        aria-label={label}
        size="xs"
        value={now}
        onChange={(chosen) => onChange(chosen === "" ? null : chosen === "true")}
        data={[
          { value: "", label: t("notSet") },
          { value: "true", label: t("yes") },
          { value: "false", label: t("no") },
        ]}
      />
    </Input.Wrapper>
  );
}
