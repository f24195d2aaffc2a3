import { Autocomplete, type AutocompleteProps, type ComboboxItem, type OptionsFilter, Text } from "@mantine/core";

import { useVocabulary } from "@/api/vocabulary";

/** Takes the name of an event, and offers those that are known, each beside what people call it. */
export function EventNameInput(props: Omit<AutocompleteProps, "data" | "filter" | "renderOption">) {
  const labels = new Map(useVocabulary().data?.events.map(({ name, label }) => [name, label] as const));
  const filter: OptionsFilter = ({ options, search, limit }) => {
    const sought = search.trim().toLocaleLowerCase();
    const fits = ({ value }: ComboboxItem) => `${value} ${labels.get(value) ?? ""}`.toLocaleLowerCase().includes(sought);
    return options.filter((option) => "value" in option && fits(option)).slice(0, limit);
  };
  return (
    <Autocomplete
      {...props}
      data={[...labels.keys()]}
      filter={filter}
      renderOption={({ option: { value } }) => (
        <div>
          {labels.get(value) ?? value}
          {labels.get(value) !== value && (
            <Text span size="xs" c="dimmed" display="block">
              {value}
            </Text>
          )}
        </div>
      )}
    />
  );
}
