import {
  type ComboboxItem,
  type ComboboxLikeRenderOptionInput,
  type OptionsFilter,
  Stack,
  Text,
} from "@mantine/core";
import { useTranslation } from "react-i18next";

import { isRole } from "@/api/roles";
import type { VocabularyUser } from "@/api/types";

import { bestFirst } from "./bestFirst";

/** Offers users by name, told apart by role and address, and found by these too; `valueOf` gives an option's value. */
export function useUserOptions(users: readonly VocabularyUser[], valueOf: (user: VocabularyUser) => string) {
  const { t } = useTranslation("common");
  const data = users.map((user) => ({ value: valueOf(user), label: user.name || user.email }));
  const details = new Map(
    users.map((user) => [
      valueOf(user),
      [...user.roles.filter(isRole).map((role) => t(`role.${role}`)), user.email].join(" · "),
    ]),
  );
  const filter: OptionsFilter = (asked) => {
    const named = bestFirst(asked);
    const typed = asked.search.trim().toLowerCase();
    const meant = asked.options.filter((each) => "value" in each && details.get(each.value)?.toLowerCase().includes(typed));
    return [...new Set([...named, ...meant])];
  };
  const renderOption = ({ option }: ComboboxLikeRenderOptionInput<ComboboxItem>) => (
    <Stack gap={0} miw={0}>
      {option.label}
      {details.has(option.value) && (
        <Text size="xs" c="dimmed" truncate>
          {details.get(option.value)}
        </Text>
      )}
    </Stack>
  );
  return { data, filter, renderOption };
}
