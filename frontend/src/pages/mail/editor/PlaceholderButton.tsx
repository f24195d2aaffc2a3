import { ActionIcon, Button, Popover, Select, Stack, TextInput } from "@mantine/core";
import { IconBraces } from "@tabler/icons-react";
import { useState } from "react";
import { useTranslation } from "react-i18next";

import { useEventProperties, useVocabulary } from "@/api/vocabulary";
import { hint } from "@/ui/hint/hint";

import { namesOfEvents } from "./places";

// What no event has said yet can be written out.
const EVENT = /^event\.[A-Za-z_]\w*$/;

const OF_CONTACTS: readonly string[] = ["email", "interest", "latest_interest"];

interface PlaceholderButtonProps {
  /** The field it belongs to. */
  field: string;
  onInsert: (placeholder: string) => void;
}

/** Offers what is known of contacts, and what stands there for those of whom it is not. */
export function PlaceholderButton({ field, onInsert }: PlaceholderButtonProps) {
  const { t } = useTranslation("mail");
  const attributes = useVocabulary().data?.attributes ?? [];
  const ofEvents = namesOfEvents(useEventProperties().data ?? []);
  const [opened, setOpened] = useState(false);
  const [name, setName] = useState<string | null>(null);
  const [search, setSearch] = useState("");
  const [otherwise, setOtherwise] = useState("");
  const written = EVENT.test(search) && !ofEvents.includes(search) ? [search] : [];
  const offered = [
    { group: t("placeholder.ofContact"), items: [...OF_CONTACTS, ...attributes.map((attribute) => attribute.name)] },
    { group: t("placeholder.ofEvent"), items: [...written, ...ofEvents] },
  ];
  const insert = () => {
    onInsert(`{{ ${EVENT.test(name ?? "") ? name : `contact.${name}`} | default("${otherwise.replaceAll('"', "”")}") }}`);
    setOpened(false);
  };
  return (
    <Popover opened={opened} onChange={setOpened} position="bottom-end" width={280} trapFocus withinPortal>
      <Popover.Target>
        <ActionIcon
          variant="subtle"
          color="gray"
          aria-label={t("placeholder.into", { field })}
          onClick={() => setOpened(!opened)}
          {...hint(t("placeholder.insert"))}
        >
          <IconBraces size={16} />
        </ActionIcon>
      </Popover.Target>
      <Popover.Dropdown>
        <Stack gap="sm">
          <Select
            label={t("placeholder.attribute")}
            data={offered}
            limit={100}
            description={t("placeholder.event")}
            searchValue={search}
            onSearchChange={setSearch}
            value={name}
            onChange={setName}
            searchable
            comboboxProps={{ withinPortal: false }}
          />
          <TextInput
            label={t("placeholder.otherwise")}
            placeholder={t("start.there")}
            value={otherwise}
            onChange={(event) => setOtherwise(event.currentTarget.value)}
          />
          <Button disabled={name === null} onClick={insert}>
            {t("placeholder.insert")}
          </Button>
        </Stack>
      </Popover.Dropdown>
    </Popover>
  );
}
