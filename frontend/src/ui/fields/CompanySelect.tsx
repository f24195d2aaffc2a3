import { Select } from "@mantine/core";
import { useDebouncedValue } from "@mantine/hooks";
import { useState } from "react";

import { useCompanySearch } from "@/api/companies";
import type { Named } from "@/api/types";

interface CompanySelectProps {
  label: string;
  /** Show the label above instead of only reading it out. */
  withLabel?: boolean;
  value: number | null;
  /** The company the value stands for, so that its name is there before anything is searched. */
  current: Named | null;
  onChange: (id: number | null) => void;
}

/** Finds a company by a few letters. */
export function CompanySelect({ label, withLabel = false, value, current, onChange }: CompanySelectProps) {
  const [search, setSearch] = useState("");
  const [settled] = useDebouncedValue(search, 200);
  const found = useCompanySearch(settled).data?.items ?? [];
  const known = current && !found.some(({ id }) => id === current.id) ? [current, ...found] : found;
  return (
    <Select
      {...(withLabel ? { label } : { "aria-label": label })}
      searchable
      clearable
      data={known.map(({ id, name }) => ({ value: String(id), label: name }))}
      value={value === null ? null : String(value)}
      onChange={(id) => onChange(id === null ? null : Number(id))}
      onSearchChange={setSearch}
    />
  );
}
