import { NumberInput, Radio, Select, Stack, Switch, Textarea, TextInput } from "@mantine/core";
import { DateInput } from "@mantine/dates";
import { useTranslation } from "react-i18next";

import type { Json, JsonObject } from "@/flow/document";
import { asObject, listOf } from "@/flow/json";
import type { ControlProps } from "@/nodes/form/types";

import { inputProps, textOf } from "./common";

export function TextControl(props: ControlProps) {
  return <TextInput {...inputProps(props)} value={textOf(props.value)} onChange={typed(props)} />;
}

export function UrlControl(props: ControlProps) {
  return (
    <TextInput
      {...inputProps(props)}
      type="url"
      inputMode="url"
      placeholder="https://"
      value={textOf(props.value)}
      onChange={typed(props)}
    />
  );
}

export function LongTextControl(props: ControlProps) {
  return (
    <Textarea {...inputProps(props)} autosize minRows={3} value={textOf(props.value)} onChange={typed(props)} />
  );
}

export function NumberControl(props: ControlProps) {
  const { schema, value, onChange } = props;
  const limit = (key: string) => (typeof schema[key] === "number" && Math.abs(schema[key]) < 1e9 ? schema[key] : null);
  const [min, max] = [limit("minimum"), limit("maximum")];
  return (
    <NumberInput
      {...inputProps(props)}
      value={typeof value === "number" ? value : ""}
      onChange={(number) => onChange(typeof number === "number" ? number : undefined)}
      allowDecimal={schema["type"] !== "integer"}
      {...(min !== null && { min })}
      {...(max !== null && { max })}
    />
  );
}

export function PercentageControl(props: ControlProps) {
  return (
    <NumberInput
      {...inputProps(props)}
      value={typeof props.value === "number" ? props.value : ""}
      onChange={(share) => props.onChange(typeof share === "number" ? share : undefined)}
      min={0}
      max={100}
      clampBehavior="strict"
      allowDecimal={false}
      suffix=" %"
    />
  );
}

export function SwitchControl({ id, label, description, disabled, error, value, onChange, schema }: ControlProps) {
  return (
    <Switch
      id={id}
      label={label}
      description={description}
      error={error}
      disabled={disabled}
      checked={(value ?? schema["default"]) === true}
      onChange={(event) => onChange(event.currentTarget.checked)}
    />
  );
}

export function SelectControl(props: ControlProps) {
  const choices = choicesOf(props.schema);
  return (
    <Select
      {...inputProps(props)}
      data={choices}
      value={typeof props.value === "string" ? props.value : defaultOf(props.schema)}
      onChange={(chosen) => props.onChange(chosen ?? undefined)}
      searchable={choices.length > 8}
      allowDeselect={!props.required && defaultOf(props.schema) === null}
    />
  );
}

export function RadioControl(props: ControlProps) {
  const { label, description, required, error, disabled, value, onChange, schema } = props;
  return (
    <Radio.Group
      label={label}
      description={description}
      withAsterisk={required}
      error={error}
      value={typeof value === "string" ? value : defaultOf(schema)}
      onChange={onChange}
    >
      <Stack gap={6} mt={6}>
        {choicesOf(schema).map((choice) => (
          <Radio key={choice.value} {...choice} disabled={disabled} />
        ))}
      </Stack>
    </Radio.Group>
  );
}

export function DateControl(props: ControlProps) {
  const { t } = useTranslation("editor");
  return (
    <DateInput
      {...inputProps(props)}
      placeholder={t("control.choose_date")}
      value={typeof props.value === "string" ? props.value : null}
      onChange={(day) => props.onChange(day ?? undefined)}
      valueFormat="LL"
      clearable
    />
  );
}

function typed({ onChange }: ControlProps) {
  return (event: { currentTarget: { value: string } }) => onChange(event.currentTarget.value || undefined);
}

function choicesOf(schema: JsonObject): { value: string; label: string }[] {
  const named = listOf(schema["oneOf"]).map(asObject);
  const plain = listOf(schema["enum"]).map((value): JsonObject => ({ const: value, title: value }));
  return [...named, ...plain].map((choice) => ({ value: inWords(choice["const"]), label: inWords(choice["title"]) }));
}

function inWords(value: Json | undefined): string {
  return typeof value === "string" ? value : JSON.stringify(value ?? null);
}

function defaultOf(schema: JsonObject): string | null {
  const value: Json | undefined = schema["default"];
  return typeof value === "string" ? value : null;
}
