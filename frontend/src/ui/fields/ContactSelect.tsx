import { Loader, Select, type SelectProps } from "@mantine/core";
import { useDebouncedValue } from "@mantine/hooks";
import { useState } from "react";

import { useContactSearch } from "@/api/contacts";
import { contactName } from "@/ui/contactName";
import { problemWords } from "@/ui/feedback/toast";

interface ContactSelectProps extends Omit<SelectProps, "value" | "onChange" | "data"> {
  value: number | null;
  onChange: (id: number | null) => void;
}

/** Finds one contact, by whatever the server searches. */
export function ContactSelect({ value, onChange, error, ...select }: ContactSelectProps) {
  const [search, setSearch] = useState("");
  const [settled] = useDebouncedValue(search, 200);
  const [chosen, setChosen] = useState<{ value: string; label: string } | null>(null);
  const query = useContactSearch(settled === chosen?.label ? "" : settled);
  const found = (query.data?.items ?? []).map((contact) => ({
    value: String(contact.id),
    label: contact.email ? `${contactName(contact)} · ${contact.email}` : contactName(contact),
  }));
  const all = chosen && !found.some((option) => option.value === chosen.value) ? [chosen, ...found] : found;
  return (
    <Select
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
      rightSection={query.isPending ? <Loader size="xs" /> : undefined}
      error={error ?? (query.error && problemWords(query.error))}
      {...select}
    />
  );
}
