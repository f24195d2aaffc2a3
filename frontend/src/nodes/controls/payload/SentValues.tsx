import { Menu, ScrollArea, Text, TextInput, UnstyledButton } from "@mantine/core";
import { useState } from "react";
import { useTranslation } from "react-i18next";

import type { HookValue } from "@/api/types";
import { asObject } from "@/flow/json";
import { useFormScope } from "@/nodes/form/scope";
import type { ControlProps } from "@/nodes/form/types";
import { Pill } from "@/ui/badge/Pill";

import { targets, type Use, usesOf, withAttribute, withoutPath, withPath } from "./mapping";
import classes from "./payload.module.css";

const mostShown = 100;
/** Fewer are seen at a glance. */
const searchedFrom = 10;

interface SentValuesProps extends Pick<ControlProps, "value" | "onChange" | "disabled"> {
  values: readonly HookValue[];
}

/** Everything that was sent in a call. A click on a value says what it is. */
export function SentValues({ values, value, onChange, disabled }: SentValuesProps) {
  const { t } = useTranslation("hooks");
  const [words, setWords] = useState("");
  const mapping = asObject(value);
  const uses = usesOf(mapping);
  const wanted = words.trim().toLowerCase();
  const found = values.filter(({ path, value: said }) => `${path} ${said}`.toLowerCase().includes(wanted));
  return (
    <section aria-label={t("sent")}>
      <Text size="sm" fw={600}>
        {t("sent")}
      </Text>
      <Text size="xs" c="dimmed" mb={6}>
        {t("sent_hint")}
      </Text>
      {values.length > searchedFrom && (
        <TextInput
          size="xs"
          mb={6}
          aria-label={t("sent_search")}
          placeholder={t("sent_search")}
          value={words}
          onChange={({ currentTarget }) => setWords(currentTarget.value)}
        />
      )}
      <ScrollArea.Autosize mah={260} className={classes["sent"]} type="auto">
        {found.slice(0, mostShown).map((each) => (
          <SentValue
            key={each.path}
            {...each}
            uses={uses.get(each.path) ?? []}
            disabled={disabled}
            onUse={(kind, name) =>
              onChange(
                kind === "part" ? withPath(mapping, name, each.path) : withAttribute(mapping, name, each.path),
              )
            }
            onFree={() => onChange(withoutPath(mapping, each.path))}
          />
        ))}
        {found.length === 0 && (
          <Text size="xs" c="dimmed" p="xs">
            {t("sent_none")}
          </Text>
        )}
      </ScrollArea.Autosize>
    </section>
  );
}

interface SentValueProps extends HookValue {
  uses: readonly Use[];
  disabled: boolean;
  onUse: (kind: Use["kind"], name: string) => void;
  onFree: () => void;
}

function SentValue({ path, value, uses, disabled, onUse, onFree }: SentValueProps) {
  const { t } = useTranslation("hooks");
  const { attributes } = useFormScope().vocabulary;
  return (
    <Menu position="bottom-start" width={240} disabled={disabled}>
      <Menu.Target>
        <UnstyledButton className={classes["row"]} disabled={disabled}>
          <span className={classes["value"]}>
            <Text size="xs" ff="monospace" truncate>
              {path}
            </Text>
            <Text size="xs" c="dimmed" truncate>
              {value}
            </Text>
          </span>
          {uses.map(({ kind, name }) => (
            <Pill key={name} tone="ok">
              {kind === "attribute" ? name : t(name as (typeof targets)[number])}
            </Pill>
          ))}
        </UnstyledButton>
      </Menu.Target>
      <Menu.Dropdown>
        {uses.length > 0 && <Menu.Item onClick={onFree}>{t("sent_free")}</Menu.Item>}
        <Menu.Label>{t("sent_use")}</Menu.Label>
        {targets.map((part) => (
          <Menu.Item key={part} onClick={() => onUse("part", part)}>
            {t(part)}
          </Menu.Item>
        ))}
        {attributes.length > 0 && <Menu.Label>{t("attributes")}</Menu.Label>}
        <ScrollArea.Autosize mah={180}>
          {attributes.map(({ name }) => (
            <Menu.Item key={name} onClick={() => onUse("attribute", name)}>
              {name}
            </Menu.Item>
          ))}
        </ScrollArea.Autosize>
      </Menu.Dropdown>
    </Menu>
  );
}
