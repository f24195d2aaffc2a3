import { ActionIcon, Autocomplete, Button, Group, NumberInput, Select, Stack, TextInput } from "@mantine/core";
import { IconPlus, IconX } from "@tabler/icons-react";
import { useTranslation } from "react-i18next";

import { useEventProperties } from "@/api/vocabulary";
import type { Json, JsonObject } from "@/flow/document";
import { asObject, present } from "@/flow/json";

import classes from "./conditions.module.css";
import type { ValueProps } from "./context";
import { PlainValue } from "./PlainValue";

const units = ["minutes", "hours", "days", "weeks", "months"] as const;

interface EventsValueProps extends ValueProps {
  /** The name of the events. */
  event: string;
}

/** How many events, since when, and with which properties. */
export function EventsValue({ event, ...props }: EventsValueProps) {
  const whole = asObject(props.value);
  const change = (changes: Record<string, Json | undefined>) => props.onChange(present({ ...whole, ...changes }));
  return (
    <Stack gap={6} className={classes.value ?? ""}>
      <PlainValue {...props} value={whole["count"]} onChange={(count) => change({ count })} />
      <Window within={whole["within"]} onChange={(within) => change({ within })} disabled={props.disabled} />
      <Where event={event} where={asObject(whole["where"])} onChange={(where) => change({ where })} disabled={props.disabled} />
    </Stack>
  );
}

interface WindowProps {
  within: Json | undefined;
  onChange: (within: Json | undefined) => void;
  disabled: boolean;
}

function Window({ within, onChange, disabled }: WindowProps) {
  const { t } = useTranslation("editor");
  const { amount = null, unit = "days" } = asObject(within);
  return (
    <Group gap={6} wrap="nowrap">
      <Select
        className={classes.grow ?? ""}
        aria-label={t("condition.window")}
        data={[
          { value: "ever", label: t("condition.ever") },
          { value: "last", label: t("condition.in_the_last") },
        ]}
        value={amount === null ? "ever" : "last"}
        onChange={(kind) => onChange(kind === "last" ? { amount: 30, unit: "days" } : undefined)}
        allowDeselect={false}
        disabled={disabled}
        size="xs"
      />
      {amount !== null && (
        <>
          <NumberInput
            w={72}
            aria-label={t("duration.amount")}
            value={typeof amount === "number" ? amount : ""}
            onChange={(number) => typeof number === "number" && onChange({ amount: number, unit })}
            min={1}
            allowDecimal={false}
            disabled={disabled}
            size="xs"
          />
          <Select
            w={112}
            aria-label={t("duration.unit")}
            data={units.map((each) => ({ value: each, label: t(`duration.${each}`) }))}
            value={typeof unit === "string" ? unit : "days"}
            onChange={(each) => onChange({ amount, unit: each })}
            allowDeselect={false}
            disabled={disabled}
            size="xs"
          />
        </>
      )}
    </Group>
  );
}

interface WhereProps {
  event: string;
  where: JsonObject;
  onChange: (where: JsonObject | undefined) => void;
  disabled: boolean;
}

function Where({ event, where, onChange, disabled }: WhereProps) {
  const { t } = useTranslation("editor");
  const known = useEventProperties().data?.find((each) => each.event === event)?.properties ?? [];
  const pairs = Object.entries(where);
  const set = (next: [string, Json][]) => onChange(next.length > 0 ? Object.fromEntries(next) : undefined);
  const replace = (index: number, pair: [string, Json]) => set(pairs.map((each, at) => (at === index ? pair : each)));
  return (
    <>
      {pairs.map(([property, value], index) => (
        // The property is what is being typed: its place is the only thing that stays.
        // oxlint-disable-next-line react/no-array-index-key
        <Group key={index} gap={6} wrap="nowrap">
          <Autocomplete
            className={classes.grow ?? ""}
            aria-label={t("condition.property")}
            placeholder={t("condition.property")}
            data={known.filter((name) => name === property || where[name] === undefined)}
            limit={100}
            value={property}
            onChange={(name) => replace(index, [name, value])}
            disabled={disabled}
            size="xs"
          />
          <TextInput
            className={classes.grow ?? ""}
            aria-label={t("condition.property_value")}
            placeholder={t("condition.property_value")}
            value={typeof value === "object" ? "" : String(value)}
            onChange={({ currentTarget }) => replace(index, [property, currentTarget.value])}
            disabled={disabled}
            size="xs"
          />
          <ActionIcon
            variant="subtle"
            color="gray"
            aria-label={t("condition.remove_property")}
            onClick={() => set(pairs.filter((_, at) => at !== index))}
            disabled={disabled}
          >
            <IconX size={14} />
          </ActionIcon>
        </Group>
      ))}
      {pairs.every(([property]) => property !== "") && (
        <Button
          size="compact-xs"
          variant="subtle"
          className={classes.start ?? ""}
          leftSection={<IconPlus size={14} />}
          onClick={() => set([...pairs, ["", ""]])}
          disabled={disabled}
        >
          {t("condition.add_property")}
        </Button>
      )}
    </>
  );
}

