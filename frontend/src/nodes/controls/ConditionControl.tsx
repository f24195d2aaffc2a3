import { Text } from "@mantine/core";
import { useTranslation } from "react-i18next";

import { asObject, listOf } from "@/flow/json";
import type { ControlProps } from "@/nodes/form/types";
import { ConditionBuilder } from "@/nodes/ConditionBuilder";
import type { EventField } from "@/nodes/conditions/subjects";

import { textOf } from "./common";
import classes from "./controls.module.css";

const NO_CONDITION = { all: [] };

/** A condition in a place of its own: filters of the event and of the contact never share one. */
export function ConditionControl({ id, label, description, required, disabled, error, value, onChange, options }: ControlProps) {
  const { t } = useTranslation("editor");
  const scope = options["scope"] === "event" ? "event" : "contact";
  const condition = value === undefined ? NO_CONDITION : asObject(value);
  const nothing = required ? "always" : scope === "event" ? "every_event" : "everybody";
  return (
    <section className={classes["condition"]} aria-labelledby={`${id}-title`}>
      <h3 id={`${id}-title`} className={classes["title"]}>
        {label}
      </h3>
      {description && (
        <Text size="xs" c="dimmed">
          {description}
        </Text>
      )}
      <ConditionBuilder
        label={label}
        empty={description ? undefined : t(`condition.${nothing}`)}
        scope={scope}
        eventFields={listOf(options["event_fields"]).map((field) => toEventField(asObject(field)))}
        value={condition}
        onChange={onChange}
        disabled={disabled}
      />
      {error && (
        <Text size="xs" c="var(--cz-bad)" role="alert">
          {error}
        </Text>
      )}
    </section>
  );
}

function toEventField(field: Record<string, Parameters<typeof textOf>[0]>): EventField {
  return {
    key: textOf(field["key"]),
    label: textOf(field["label"]),
    kind: textOf(field["kind"]),
    options: listOf(field["options"]).map((option) => {
      const { key, value = key, label } = asObject(option);
      return { value: textOf(value), label: textOf(label) };
    }),
  };
}
