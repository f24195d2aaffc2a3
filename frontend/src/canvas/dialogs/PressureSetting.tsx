import { Input, SegmentedControl, Select, Stack } from "@mantine/core";
import { useId } from "react";
import { useTranslation } from "react-i18next";

import { useDocument, useEditor, useVerbs } from "@/canvas/state/EditorContext";

const priorities = ["high", "normal", "low"] as const;
const choices = ["wait", "skip"] as const;

/** Which automation goes first to a contact, and what becomes of a message where a frequency cap leaves no room. */
export function PressureSetting() {
  const { t } = useTranslation("settings");
  const readOnly = useEditor((state) => state.readOnly);
  const { priority = "normal", when_capped: capped = "wait" } = useDocument().settings;
  const verbs = useVerbs();
  const label = useId();
  return (
    <Stack gap="sm">
      <Input.Wrapper
        label={t("pressure.priority")}
        labelElement="div"
        labelProps={{ id: label }}
        description={t("pressure.priority_detail")}
      >
        <SegmentedControl
          fullWidth
          mt={6}
          aria-labelledby={label}
          data={priorities.map((value) => ({ value, label: t(`pressure.${value}`) }))}
          value={priority}
          onChange={(chosen) => verbs.settings({ priority: chosen === "normal" ? undefined : chosen })}
          disabled={readOnly}
        />
      </Input.Wrapper>
      <Select
        label={t("pressure.capped")}
        data={choices.map((value) => ({ value, label: t(`pressure.${value}`) }))}
        value={capped}
        onChange={(chosen) => verbs.settings({ when_capped: chosen === "skip" ? "skip" : undefined })}
        allowDeselect={false}
        disabled={readOnly}
      />
    </Stack>
  );
}
