import { CloseButton, Group, Text } from "@mantine/core";
import { useTranslation } from "react-i18next";

import { SkeletonRows } from "@/ui/feedback/SkeletonRows";

import classes from "./EditorScreen.module.css";
import { useEditorScope } from "./state/EditorContext";
import { openStep } from "./state/store";
import type { Trouble } from "./useLater";

/** The place of settings that are still on their way. */
export function Awaited({ trouble }: { trouble: Trouble | null }) {
  const { t } = useTranslation("editor");
  const { editor } = useEditorScope();
  const broken = trouble === "broken";
  const label = t(broken ? "inspector.absent" : "inspector.loading");
  return (
    <section className={classes["awaited"]} aria-busy={!trouble} aria-label={label} data-settings>
      <Group mb="md" align="start" wrap="nowrap" gap="xs">
        <Text size="sm" c="dimmed" role="status" flex={1}>
          {trouble && t(`inspector.${trouble}`)}
        </Text>
        <CloseButton size={32} aria-label={t("inspector.close")} onClick={() => openStep(editor, null)} />
      </Group>
      {!broken && <SkeletonRows count={4} />}
    </section>
  );
}
