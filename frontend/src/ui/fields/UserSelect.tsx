import { Select, type SelectProps } from "@mantine/core";

import { sells } from "@/api/roles";
import { useVocabulary } from "@/api/vocabulary";

import { useUserOptions } from "./useUserOptions";

export interface UserSelectProps extends Omit<SelectProps, "data" | "value" | "onChange"> {
  /** Offer only those to whom contacts and deals can belong. */
  sellers?: boolean;
  value: number | null;
  onChange: (id: number | null) => void;
}

/** Chooses one of the workspace's users, or nobody. */
export function UserSelect({ sellers = false, value, onChange, ...select }: UserSelectProps) {
  const users = (useVocabulary().data?.users ?? []).filter((user) => !sellers || sells(user) || user.id === value);
  return (
    <Select
      searchable
      clearable
      {...select}
      {...useUserOptions(users, ({ id }) => String(id))}
      value={value === null ? null : String(value)}
      onChange={(id) => onChange(id === null ? null : Number(id))}
    />
  );
}
