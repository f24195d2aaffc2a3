import { MultiSelect, type MultiSelectProps } from "@mantine/core";

import { useVocabulary } from "@/api/vocabulary";

interface ListsFieldProps extends Omit<MultiSelectProps, "data" | "value" | "onChange"> {
  value: number[];
  onChange: (ids: number[]) => void;
}

/** Chooses any number of contact lists. */
export function ListsField({ value, onChange, ...select }: ListsFieldProps) {
  const lists = useVocabulary().data?.lists ?? [];
  return (
    <MultiSelect
      searchable
      clearable
      {...select}
      data={lists.map(({ id, name }) => ({ value: String(id), label: name }))}
      value={value.map(String)}
      onChange={(ids) => onChange(ids.map(Number))}
    />
  );
}
