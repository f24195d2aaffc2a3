import { Chip, Group, Input } from "@mantine/core";
import type { ReactNode } from "react";

import { useLanguage } from "@/i18n/useLanguage";

interface WeekdayChipsProps {
  label: ReactNode;
  description?: ReactNode;
  error?: ReactNode;
  required?: boolean;
  disabled?: boolean | undefined;
  /** Days of the week, 1 (Monday) to 7. */
  value: readonly number[];
  onChange: (days: number[]) => void;
}

const days = [1, 2, 3, 4, 5, 6, 7];

/** Days of the week, each of them a box to tick, named as people name them. */
export function WeekdayChips({ label, description, error, required, disabled, value, onChange }: WeekdayChipsProps) {
  const language = useLanguage();
  return (
    <Input.Wrapper
      label={label}
      description={description}
      error={error}
      withAsterisk={required ?? false}
      labelElement="div"
    >
      <Chip.Group
        multiple
        value={value.map(String)}
        onChange={(chosen) => onChange(chosen.map(Number).toSorted((one, other) => one - other))}
      >
        <Group gap={6} mt={4} role="group" {...(typeof label === "string" && { "aria-label": label })}>
          {days.map((day) => (
            <Chip
              key={day}
              value={String(day)}
              size="xs"
              disabled={disabled ?? false}
              aria-label={nameOf(day, "long", language)}
            >
              {nameOf(day, "short", language)}
            </Chip>
          ))}
        </Group>
      </Chip.Group>
    </Input.Wrapper>
  );
}

function nameOf(day: number, weekday: "long" | "short", language: string): string {
  const monday = Date.UTC(2024, 0, 1);
  return new Intl.DateTimeFormat(language, { weekday, timeZone: "UTC" }).format(monday + (day - 1) * 86_400_000);
}
