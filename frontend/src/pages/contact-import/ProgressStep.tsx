import { Button, Group, Progress, Stack, Text } from "@mantine/core";
import { useTranslation } from "react-i18next";

import { useCancelImport } from "@/api/imports";
import type { ImportProgress } from "@/api/types";
import { tellOutcome } from "@/ui/feedback/tellOutcome";
import { useFormat } from "@/ui/format";

import classes from "./ContactImport.module.css";

/** How far the import is; it goes on when the page is left. */
export function ProgressStep({ progress }: { progress: ImportProgress | undefined }) {
  const { t } = useTranslation("imports");
  const format = useFormat();
  const cancel = useCancelImport();
  const { processed = 0, total = 0 } = progress ?? {};
  const share = total > 0 ? processed / total : 0;
  return (
    <Stack className={classes["card"] ?? ""} gap="md">
      <Group justify="space-between">
        <Text fw={600} aria-live="polite">
          {progress?.state === "running" ? t("progress.running") : t("progress.queued")}
        </Text>
        <Text className="tabular">{format.percent(share)}</Text>
      </Group>
      <Progress value={share * 100} size="lg" animated aria-label={t("progress.running")} />
      <Group justify="space-between">
        <Text size="sm" c="dimmed" className="tabular">
          {t("progress.rows", { processed, total })} {t("progress.leave")}
        </Text>
        {progress && (
          <Button
            variant="default"
            size="xs"
            loading={cancel.isPending}
            onClick={() => tellOutcome(cancel.mutateAsync(progress.id))}
          >
            {t("progress.cancel")}
          </Button>
        )}
      </Group>
    </Stack>
  );
}
