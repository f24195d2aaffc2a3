import { Button, Group, Input, Stack, TextInput } from "@mantine/core";
import { IconPlus } from "@tabler/icons-react";
import type { ReactNode } from "react";
import { useTranslation } from "react-i18next";

import { OrderButtons } from "@/ui/order/OrderButtons";

import { newStage, type StageDraft } from "./stages";

interface StagesFieldProps {
  stages: StageDraft[];
  /** The form's faults; those of stages are named "stages.0.name". */
  errors: Record<string, ReactNode>;
  onChange: (stages: StageDraft[]) => void;
}

/** The stages in order: rename, move, add, remove; all by single clicks. */
export function StagesField({ stages, errors, onChange }: StagesFieldProps) {
  const { t } = useTranslation("settings");
  return (
    <Input.Wrapper label={t("pipelines.stages")} labelElement="div" error={errors["stages"]}>
      <Stack gap="xs" mt={4}>
        {stages.map((stage, place) => (
          <Group key={stage.key} gap={4} wrap="nowrap" align="flex-start">
            <TextInput
              aria-label={t("pipelines.stage", { number: place + 1 })}
              value={stage.name}
              error={errors[`stages.${place}.name`]}
              style={{ flex: 1 }}
              onChange={(event) => {
                const name = event.currentTarget.value;
                onChange(stages.map((each) => (each.key === stage.key ? { ...each, name } : each)));
              }}
            />
            <OrderButtons
              items={stages}
              place={place}
              least={1}
              names={{
                up: t("pipelines.moveUp", { name: stage.name }),
                down: t("pipelines.moveDown", { name: stage.name }),
                remove: t("pipelines.removeStage", { name: stage.name }),
              }}
              onChange={onChange}
            />
          </Group>
        ))}
      </Stack>
      <Button
        mt="sm"
        variant="subtle"
        size="xs"
        leftSection={<IconPlus size={14} />}
        onClick={() => onChange([...stages, newStage()])}
      >
        {t("pipelines.addStage")}
      </Button>
    </Input.Wrapper>
  );
}
