import { Button, Group, Progress, Text } from "@mantine/core";
import { useTranslation } from "react-i18next";

import { useCancelEntry } from "@/api/entries";
import { useCan } from "@/api/session";
import type { BulkEntry } from "@/api/types";
import { tellOutcome } from "@/ui/feedback/tellOutcome";
import { useFormat } from "@/ui/format";

/** One segment or search on its way in: how far it has come, who asked for it, and calling it off. */
export function CrowdCard({ automation, crowd }: { automation: number; crowd: BulkEntry }) {
  const { t } = useTranslation("entries");
  const format = useFormat();
  const { name, total, taken, entered, created_by, created_at, finished_at, fault } = crowd;
  const by = [created_by?.name, format.dateTime(created_at)].filter(Boolean).join(" · ");
  return (
    <article>
      <Group justify="space-between" wrap="nowrap" gap="sm">
        <Text fw={600} truncate>
          {name || t("unnamed")}
        </Text>
        <CancelCrowd automation={automation} crowd={crowd} />
      </Group>
      <Progress
        my={6}
        size="sm"
        value={finished_at ? 100 : (100 * taken) / Math.max(total, 1)}
        color={finished_at ? "gray" : "teal"}
        aria-label={t("progress")}
      />
      <Text size="sm" className="tabular">
        {finished_at ? t("ended", { count: entered, total }) : t("under_way", { count: taken, total })}
        {crowd.cancelled_at && ` · ${t("cancelled")}`}
      </Text>
      {fault && (
        <Text size="sm" c="red.8">
          {t("fault", { fault })}
        </Text>
      )}
      <Text size="sm" c="dimmed">
        {by}
      </Text>
    </article>
  );
}

/** Lets nobody more of a crowd in; not there once it has ended. */
export function CancelCrowd({ automation, crowd }: { automation: number; crowd: BulkEntry }) {
  const { t } = useTranslation("entries");
  const cancel = useCancelEntry(automation);
  const may = useCan()("automations.enter");
  if (crowd.finished_at || !may) return null;
  return (
    <Button
      size="compact-sm"
      variant="default"
      loading={cancel.isPending}
      onClick={() => tellOutcome(cancel.mutateAsync(crowd.id))}
    >
      {t("cancel")}
    </Button>
  );
}
