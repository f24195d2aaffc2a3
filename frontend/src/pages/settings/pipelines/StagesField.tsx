import { ActionIcon, Button, Group, Input, Stack, TextInput } from "@mantine/core";
import { IconArrowDown, IconArrowUp, IconPlus, IconTrash } from "@tabler/icons-react";
import type { ReactNode } from "react";
import { useTranslation } from "react-i18next";

import { type StageDraft, moved, newStage } from "./stages";

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
            <ActionIcon
              variant="subtle"
              color="gray"
              size={34}
              aria-label={t("pipelines.moveUp", { name: stage.name })}
              disabled={place === 0}
              onClick={() => onChange(moved(stages, place, place - 1))}
            >
              <IconArrowUp size={16} />
            </ActionIcon>
            <ActionIcon
              variant="subtle"
              color="gray"
              size={34}
              aria-label={t("pipelines.moveDown", { name: stage.name })}
              disabled={place === stages.length - 1}
              onClick={() => onChange(moved(stages, place, place + 1))}
            >
              <IconArrowDown size={16} />
            </ActionIcon>
            <ActionIcon
              variant="subtle"
              color="gray"
              size={34}
              aria-label={t("pipelines.removeStage", { name: stage.name })}
              disabled={stages.length === 1}
              onClick={() => onChange(stages.filter(({ key }) => key !== stage.key))}
            >
              <IconTrash size={16} />
            </ActionIcon>
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
