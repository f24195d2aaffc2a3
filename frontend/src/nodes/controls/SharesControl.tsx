import { Group, Input, NumberInput, Stack, Text } from "@mantine/core";
import { useTranslation } from "react-i18next";

import { useFormScope } from "@/nodes/form/scope";
import type { ControlProps } from "@/nodes/form/types";
import { asObject } from "@/nodes/json";

import { listOf } from "./common";

/** Whole percentages for the branches. Of two, the other follows by itself; of more, the sum is shown. */
export function SharesControl({ label, description, required, error, disabled, value, onChange, options }: ControlProps) {
  const { t } = useTranslation("editor");
  const { ports } = useFormScope();
  const keys = listOf(options["ports"]).map(String);
  const shares = asObject(value);
  const shareOf = (key: string): number => (typeof shares[key] === "number" ? shares[key] : 0);
  const sum = keys.reduce((total, key) => total + shareOf(key), 0);
  const set = (key: string, share: number) => {
    const others = keys.length === 2 ? 100 - share : undefined;
    onChange(Object.fromEntries(keys.map((each) => [each, each === key ? share : (others ?? shareOf(each))])));
  };
  return (
    <Input.Wrapper label={label} description={description} withAsterisk={required} error={error} labelElement="div">
      <Stack gap="xs">
        {keys.map((key) => {
          const name = ports.find((port) => port.key === key)?.label ?? key;
          return (
            <Group key={key} gap="xs" wrap="nowrap">
              <Text size="sm" flex={1} id={`share-${key}`}>
                {name}
              </Text>
              <NumberInput
                w={120}
                aria-labelledby={`share-${key}`}
                min={0}
                max={100}
                clampBehavior="strict"
                allowDecimal={false}
                suffix=" %"
                value={shareOf(key)}
                onChange={(share) => set(key, typeof share === "number" ? share : 0)}
                disabled={disabled}
              />
            </Group>
          );
        })}
        {sum !== 100 && (
          <Text size="xs" c="var(--cz-warn)">
            {t("control.share_sum", { sum })}
          </Text>
        )}
      </Stack>
    </Input.Wrapper>
  );
}
