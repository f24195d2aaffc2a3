import { ActionIcon, Button, Popover, Select, Stack, TextInput } from "@mantine/core";
import { IconBraces } from "@tabler/icons-react";
import { useState } from "react";
import { useTranslation } from "react-i18next";

import { useVocabulary } from "@/api/vocabulary";
import { hint } from "@/ui/hint/hint";

// What events say has no list of names: it is written out.
const EVENT = /^event\.[A-Za-z_]\w*$/;

const OFFERED: readonly string[] = ["email", "interest", "latest_interest", "event.event_name", "event.event_time"];

interface PlaceholderButtonProps {
  /** The field it belongs to. */
  field: string;
  onInsert: (placeholder: string) => void;
}

/** Offers what is known of contacts, and what stands there for those of whom it is not. */
export function PlaceholderButton({ field, onInsert }: PlaceholderButtonProps) {
  const { t } = useTranslation("mail");
  const attributes = useVocabulary().data?.attributes ?? [];
  const [opened, setOpened] = useState(false);
  const [name, setName] = useState<string | null>(null);
  const [search, setSearch] = useState("");
  const [otherwise, setOtherwise] = useState("");
  const written = EVENT.test(search) && !OFFERED.includes(search) ? [search] : [];
  const offered = [...OFFERED, ...written, ...attributes.map((attribute) => attribute.name)];
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
