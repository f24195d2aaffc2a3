import { MultiSelect } from "@mantine/core";
import { useDebouncedValue } from "@mantine/hooks";
import { type ReactNode, useState } from "react";

import { useContactSearch } from "@/api/contacts";
import type { Named } from "@/api/types";
import { contactName } from "@/ui/contactName";

interface ContactsFieldProps {
  label: string;
  value: number[];
  /** The contacts that the first value stands for, so that their names are there before anything is searched. */
  current: Named[];
  error?: ReactNode;
  onChange: (ids: number[]) => void;
}

/** Finds any number of contacts by a few letters. */
export function ContactsField({ label, value, current, error, onChange }: ContactsFieldProps) {
  const [search, setSearch] = useState("");
  const [settled] = useDebouncedValue(search, 200);
  const [met, setMet] = useState<ReadonlyMap<string, string>>(new Map(current.map(({ id, name }) => [String(id), name])));
  const found = (useContactSearch(settled).data?.items ?? []).map((contact) => ({
    value: String(contact.id),
    label: contactName(contact),
  }));
  const known = new Map([...met, ...found.map((option) => [option.value, option.label] as const)]);
  const choose = (ids: string[]) => {
    setMet(new Map(ids.map((id) => [id, known.get(id) ?? id])));
    onChange(ids.map(Number));
  };
  return (
    <MultiSelect
      label={label}
      error={error}
      searchable
      clearable
      data={[...known].map(([id, name]) => ({ value: id, label: name }))}
      value={value.map(String)}
      onChange={choose}
      searchValue={search}
      onSearchChange={setSearch}
    />
  );
}
