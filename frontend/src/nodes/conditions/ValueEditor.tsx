import { Group, Select, Text } from "@mantine/core";
import { useTranslation } from "react-i18next";
import type { ValueEditorProps } from "react-querybuilder";

import type { Json } from "@/flow/document";

import { DealsValue } from "./DealsValue";
import { EventsValue } from "./EventsValue";
import { NOT_CHOSEN, partsOf } from "./convert";
import { useBuilder } from "./context";
import { PlainValue } from "./PlainValue";
import classes from "./conditions.module.css";

/** The editor of a comparison's value, by what is compared and how. */
export function ValueEditor({ field, operator, value, handleOnChange, disabled = false }: ValueEditorProps) {
  const { subjectOf, shapeOf } = useBuilder();
  const subject = subjectOf(field);
  const props = {
    subject,
    shape: shapeOf(field, operator),
    value: value as Json | undefined,
    onChange: handleOnChange as (value: Json | undefined) => void,
    disabled,
  };
  switch (partsOf(field).keyword) {
    case NOT_CHOSEN:
      return null;
    case "unknown":
      return <UnknownValue value={props.value} />;
    case "list":
      return <ListValue {...props} />;
    case "consent":
      return <TopicValue {...props} />;
    case "tag":
      return <TagValue {...props} />;
    case "deals":
      return <DealsValue {...props} />;
    case "events":
      return <EventsValue {...props} event={partsOf(field).name} />;
    default:
      return <PlainValue {...props} />;
  }
}

type PickProps = Pick<Parameters<typeof PlainValue>[0], "value" | "onChange" | "disabled">;

function ListValue(props: PickProps) {
  const { t } = useTranslation("editor");
  const { lists } = useBuilder().vocabulary;
  return <IdValue {...props} items={lists} label={t("condition.which_list")} hint={t("condition.choose_list")} />;
}

function TopicValue(props: PickProps) {
  const { t } = useTranslation("editor");
  const { consent_topics } = useBuilder().vocabulary;
  return (
    <IdValue {...props} items={consent_topics} label={t("condition.which_topic")} hint={t("condition.choose_topic")} />
  );
}

interface IdValueProps extends PickProps {
  items: readonly { id: number; name: string }[];
  label: string;
  hint: string;
}

function IdValue({ items, label, hint, value, onChange, disabled }: IdValueProps) {
  const { t } = useTranslation("editor");
  const known = items.map(({ id, name }) => ({ value: String(id), label: name }));
  const lost = typeof value === "number" && !items.some(({ id }) => id === value);
  return (
    <Select
      className={classes.value ?? ""}
      aria-label={label}
      placeholder={hint}
      data={lost ? [...known, { value: String(value), label: t("control.gone", { name: value }) }] : known}
      value={typeof value === "number" ? String(value) : null}
      onChange={(id) => onChange(id === null ? undefined : Number(id))}
      error={lost}
      searchable
      disabled={disabled}
      size="xs"
    />
  );
}

function TagValue({ value, onChange, disabled }: PickProps) {
  const { t } = useTranslation("editor");
  const { tags } = useBuilder().vocabulary;
  const chosen = typeof value === "string" ? value : null;
  return (
    <Select
      className={classes.value ?? ""}
      aria-label={t("condition.which_tag")}
      placeholder={t("condition.choose_tag")}
      data={chosen !== null && !tags.includes(chosen) ? [...tags, chosen] : tags}
      value={chosen}
      onChange={(tag) => onChange(tag ?? undefined)}
      searchable
      disabled={disabled}
      size="xs"
    />
  );
}

function UnknownValue({ value }: { value: Json | undefined }) {
  const { t } = useTranslation("editor");
  return (
    <Group gap="xs" className={classes.value ?? ""}>
      <Text size="xs" c="dimmed">
        {t("condition.unknown")}
      </Text>
      <Text size="xs" ff="monospace" lineClamp={2}>
        {JSON.stringify(value)}
      </Text>
    </Group>
  );
}
