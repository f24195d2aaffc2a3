import {
  CheckIcon,
  type ComboboxItem,
  type ComboboxLikeRenderOptionInput,
  Group,
  type OptionsFilter,
  Stack,
  Text,
} from "@mantine/core";
import { useTranslation } from "react-i18next";

import { isRole } from "@/api/roles";
import type { VocabularyUser } from "@/api/types";

import { bestFirst } from "./bestFirst";

/**
 * Offers users by name, told apart by role and address, and found by these too; where two bear one name, the address
 * stays beside it once chosen. `valueOf` gives an option's value.
 */
export function useUserOptions(users: readonly VocabularyUser[], valueOf: (user: VocabularyUser) => string) {
  const { t } = useTranslation("common");
  const names = users.map(({ name }) => name);
  const isShared = (name: string) => names.indexOf(name) !== names.lastIndexOf(name);
  const labelOf = ({ name, email }: VocabularyUser) => (isShared(name) ? `${name} (${email})`.trim() : name || email);
  const data = users.map((user) => ({ value: valueOf(user), label: labelOf(user) }));
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
  const renderOption = ({ option, checked }: ComboboxLikeRenderOptionInput<ComboboxItem>) => (
    <Group gap="xs" wrap="nowrap" justify="space-between" flex={1} miw={0}>
      <Stack gap={0} miw={0}>
        {option.label}
        {details.has(option.value) && (
          <Text size="xs" c="dimmed" truncate>
            {details.get(option.value)}
          </Text>
        )}
      </Stack>
      {checked && <CheckIcon size={12} style={{ flexShrink: 0 }} />}
    </Group>
  );
  return { data, filter, renderOption };
}
