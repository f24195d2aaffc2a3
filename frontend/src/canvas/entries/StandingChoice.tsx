import { Checkbox, Stack, Text } from "@mantine/core";
import { useTranslation } from "react-i18next";

import type { Standing } from "@/api/types";

interface StandingChoiceProps {
  triggers: readonly Standing[];
  chosen: readonly string[];
  onChange: (steps: string[]) => void;
}

/** Asks, with their number, whether those who are on a list or in a segment already shall enter as well. */
export function StandingChoice({ triggers, chosen, onChange }: StandingChoiceProps) {
  const { t } = useTranslation("entries");
  if (triggers.length === 0) return null;
  return (
    <Checkbox.Group label={t("standing.title")} value={[...chosen]} onChange={onChange}>
      <Text size="sm" c="dimmed" mb="xs">
        {t("standing.detail")}
      </Text>
      <Stack gap="xs">
        {triggers.map(({ step, name, contacts }) => (
          <Checkbox key={step} value={step} disabled={contacts === 0} label={t("standing.let_in", { name, count: contacts })} />
        ))}
      </Stack>
    </Checkbox.Group>
  );
}
