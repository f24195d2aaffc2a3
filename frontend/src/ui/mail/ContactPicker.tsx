import { Select } from "@mantine/core";
import { useDebouncedValue } from "@mantine/hooks";
import { useState } from "react";
import { useTranslation } from "react-i18next";

import { useContactSearch } from "@/api/contacts";
import { contactName } from "@/ui/contactName";

interface ContactPickerProps {
  value: number | null;
  onChange: (id: number | null) => void;
}

/** Finds the contact for whom a mail is filled in; none stands for somebody of whom nothing is known. */
export function ContactPicker({ value, onChange }: ContactPickerProps) {
  const { t } = useTranslation("mail");
  const [search, setSearch] = useState("");
  const [settled] = useDebouncedValue(search, 200);
  const [chosen, setChosen] = useState<{ value: string; label: string } | null>(null);
  const found = (useContactSearch(settled === chosen?.label ? "" : settled).data?.items ?? []).map((contact) => ({
    value: String(contact.id),
    label: contact.email ? `${contactName(contact)} · ${contact.email}` : contactName(contact),
  }));
  const all = chosen && !found.some((option) => option.value === chosen.value) ? [chosen, ...found] : found;
  return (
    <Select
      size="xs"
      aria-label={t("previewFor")}
      placeholder={t("previewFor")}
      data={all}
      // The server has searched already, in more than the label.
      filter={({ options }) => options}
      value={value === null ? null : String(value)}
      onChange={(id, option) => {
        setChosen(id === null ? null : option);
        onChange(id === null ? null : Number(id));
      }}
      searchable
      searchValue={search}
      onSearchChange={setSearch}
      nothingFoundMessage={t("nobody")}
      clearable
      w={260}
    />
  );
}
