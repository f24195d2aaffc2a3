import { type ComboboxParsedItem, type OptionsFilter, defaultOptionsFilter } from "@mantine/core";

/** Options that hold what was typed, those that begin with it first: Enter takes the first. */
export const bestFirst: OptionsFilter = ({ options, search, limit }) => {
  const typed = search.trim().toLowerCase();
  const begins = (each: ComboboxParsedItem) => Number("label" in each && each.label.toLowerCase().startsWith(typed));
  const sorted = <Each extends ComboboxParsedItem>(some: Each[]) =>
    some.toSorted((one, other) => begins(other) - begins(one));
  const found = defaultOptionsFilter({ options, search, limit: Infinity }) as ComboboxParsedItem[];
  return sorted(found.map((each) => ("items" in each ? { ...each, items: sorted(each.items) } : each))).slice(0, limit);
};
