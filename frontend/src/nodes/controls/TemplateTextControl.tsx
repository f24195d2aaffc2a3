import { Button, Group, Menu, Text, Textarea, TextInput } from "@mantine/core";
import { IconBraces } from "@tabler/icons-react";
import { useRef } from "react";
import { useTranslation } from "react-i18next";

import { listOf } from "@/flow/json";
import { useFormScope } from "@/nodes/form/scope";
import type { ControlProps } from "@/nodes/form/types";

import { inputProps, textOf } from "./common";
import { eventPlace, isOfEvent, withExamples } from "./eventPlaces";

/** A text with places to fill in; the menu puts one in where the cursor stands. */
export function TemplateTextControl(props: ControlProps) {
  const { t } = useTranslation("editor");
  const { vocabulary, eventPlaces } = useFormScope();
  const field = useRef<HTMLTextAreaElement & HTMLInputElement>(null);
  const variables = listOf(props.options["variables"]).map(String);
  const own = vocabulary.attributes.map(({ name }) => `contact.${name}`).filter((name) => !variables.includes(name));
  const text = textOf(props.value);
  const example = withExamples(text, eventPlaces);
  const insert = (name: string) => {
    const [from, to] = [field.current?.selectionStart ?? text.length, field.current?.selectionEnd ?? text.length];
    props.onChange(`${text.slice(0, from)}{{ ${name} }}${text.slice(to)}`);
    field.current?.focus();
  };
  const item = (name: string) => (
    <Menu.Item key={name} onClick={() => insert(name)}>
      {name}
    </Menu.Item>
  );
  const common = {
    ...inputProps(props),
    ref: field,
    value: text,
    onChange: (event: { currentTarget: { value: string } }) => props.onChange(event.currentTarget.value || undefined),
  };
  return (
    <div>
      {props.options["multiline"] === false ? <TextInput {...common} /> : <Textarea {...common} autosize minRows={3} />}
      {example !== null && (
        <Text size="xs" c="dimmed" mt={4} style={{ overflowWrap: "anywhere", whiteSpace: "pre-wrap" }}>
          {t("control.eventExample", { text: example })}
        </Text>
      )}
      <Group justify="flex-end" mt={4}>
        <Menu position="bottom-end" disabled={props.disabled}>
          <Menu.Target>
            <Button
              size="compact-xs"
              variant="subtle"
              leftSection={<IconBraces size={14} />}
              aria-label={t("control.insert_into", { field: props.label })}
              disabled={props.disabled}
            >
              {t("control.insert")}
            </Button>
          </Menu.Target>
          <Menu.Dropdown mah={300} style={{ overflowY: "auto" }}>
            <Menu.Label>{t("control.event")}</Menu.Label>
            {eventPlaces.map(({ name, example: latest }) => (
              <Menu.Item key={name} onClick={() => insert(eventPlace(name))}>
                {eventPlace(name)}
                {latest && (
                  <Text size="xs" c="dimmed" truncate maw={260}>
                    {t("control.eventLatest", { value: latest })}
                  </Text>
                )}
              </Menu.Item>
            ))}
            {variables.filter(isOfEvent).map(item)}
            <Menu.Label>{t("control.contact")}</Menu.Label>
            {[...variables.filter((name) => !isOfEvent(name)), ...own].map(item)}
          </Menu.Dropdown>
        </Menu>
      </Group>
    </div>
  );
}
