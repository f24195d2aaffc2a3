import { Checkbox, Group, Select, Stack, Text, TextInput } from "@mantine/core";
import type { ReactNode } from "react";
import { useTranslation } from "react-i18next";

import { useAttributes } from "@/api/attributes";
import { useTopics } from "@/api/consents";
import type { WebFormField } from "@/api/forms";
import { OrderButtons } from "@/ui/order/OrderButtons";

import { fieldOf, wordOf } from "./drafts";
import classes from "./forms.module.css";

interface FieldRowsProps {
  fields: readonly WebFormField[];
  onChange: (fields: WebFormField[]) => void;
  /** What is wrong, by the place of the field: `1.label`. */
  faults: Readonly<Record<string, ReactNode>>;
}

/** What a form asks, in order. */
export function FieldRows({ fields, onChange, faults }: FieldRowsProps) {
  const { t } = useTranslation("forms");
  const choices = useChoices();
  const names = new Map(choices.flatMap(({ items }) => items.map(({ value, label }) => [value, label])));
  const asked = new Set(fields.map(wordOf));
  const free = choices
    .map(({ group, items }) => ({
      group,
      items: items.filter(({ value }) => value === "hidden" || !asked.has(value)),
    }))
    .filter(({ items }) => items.length > 0);
  return (
    <Stack gap="xs" role="group" aria-label={t("fields")}>
      {fields.map((field, place) => {
        const word = wordOf(field);
        const title = names.get(word) ?? word;
        return (
          <FieldRow
            key={word === "hidden" ? `hidden${String(place)}` : word}
            title={title}
            field={field}
            fault={(part) => faults[`${String(place)}.${part}`]}
            order={
              <OrderButtons
                items={fields}
                place={place}
                names={{ up: t("up", { title }), down: t("down", { title }), remove: t("removeField", { title }) }}
                onChange={onChange}
              />
            }
            onChange={(next) => onChange(fields.map((each, at) => (at === place ? next : each)))}
          />
        );
      })}
      <Select
        aria-label={t("addField")}
        placeholder={t("addField")}
        data={free}
        value={null}
        searchable
        onChange={(word) => word !== null && onChange([...fields, fieldOf(word, names.get(word) ?? "")])}
      />
    </Stack>
  );
}

interface FieldRowProps {
  title: string;
  field: WebFormField;
  fault: (part: keyof WebFormField) => ReactNode;
  /** The buttons that move and remove it. */
  order: ReactNode;
  onChange: (field: WebFormField) => void;
}

function FieldRow({ title, field, fault, order, onChange }: FieldRowProps) {
  const { t } = useTranslation("forms");
  const broken = fault("takes") ?? fault("attribute") ?? fault("topic");
  return (
    <div className={classes["field"]} role="group" aria-label={title}>
      <Group gap={4} wrap="nowrap">
        <Text size="sm" fw={600} flex={1} truncate>
          {title}
        </Text>
        {order}
      </Group>
      {broken && (
        <Text size="xs" c="var(--cz-bad)">
          {broken}
        </Text>
      )}
      {field.takes === "hidden" ? (
        <Group gap="xs" grow align="flex-start">
          <TextInput
            label={t("hiddenName")}
            value={field.name}
            error={fault("name")}
            onChange={({ currentTarget }) => onChange({ ...field, name: currentTarget.value })}
          />
          <TextInput
            label={t("hiddenValue")}
            value={field.value}
            error={fault("value")}
            onChange={({ currentTarget }) => onChange({ ...field, value: currentTarget.value })}
          />
        </Group>
      ) : (
        <>
          <TextInput
            label={t("label")}
            value={field.label}
            error={fault("label")}
            onChange={({ currentTarget }) => onChange({ ...field, label: currentTarget.value })}
          />
          <Checkbox
            label={t("required")}
            checked={field.required}
            onChange={({ currentTarget }) => onChange({ ...field, required: currentTarget.checked })}
          />
        </>
      )}
    </div>
  );
}

/** Everything that can be asked, in groups. */
function useChoices() {
  const { t } = useTranslation("forms");
  const attributes = useAttributes().data?.items ?? [];
  const topics = useTopics().data?.items ?? [];
  return [
    { group: t("contact"), items: (["email", "phone"] as const).map((value) => ({ value, label: t(`takes.${value}`) })) },
    { group: t("attributes"), items: attributes.map(({ name }) => ({ value: `attribute:${name}`, label: name })) },
    {
      group: t("topics"),
      items: topics.map(({ id, name, confirm }) => ({
        value: `topic:${String(id)}`,
        label: confirm ? t("confirmed", { name }) : name,
      })),
    },
    { group: t("other"), items: [{ value: "hidden", label: t("takes.hidden") }] },
  ];
}
