import { Button, Group, Text } from "@mantine/core";
import { useTranslation } from "react-i18next";

import { useMerges, useUndoMerge } from "@/api/merges";
import { useCan } from "@/api/session";
import type { Merge } from "@/api/types";
import { useConfirmed } from "@/ui/actions/useConfirmed";
import { Card } from "@/ui/card/Card";
import { useFormat } from "@/ui/format";

/** Who became part of this contact; nothing for most. */
export function MergesCard({ contactId }: { contactId: number }) {
  const { t } = useTranslation("contact");
  const merges = useMerges(contactId).data?.items ?? [];
  if (merges.length === 0) return null;
  // The newest stands first: an earlier one can be undone once those after it are.
  const next = merges.find((each) => !each.undone_at)?.id;
  return (
    <Card title={t("merge.title")}>
      {merges.map((merge) => (
        <MergeRow key={merge.id} contactId={contactId} merge={merge} undoable={merge.id === next} />
      ))}
    </Card>
  );
}

function MergeRow({ contactId, merge, undoable }: { contactId: number; merge: Merge; undoable: boolean }) {
  const { t } = useTranslation(["contact", "common"]);
  const format = useFormat();
  const may = useCan()("contacts.merge");
  const undo = useUndoMerge(contactId);
  const undoAsked = useConfirmed(undo);
  const { id, name, at, by, by_program: program, undone_at: undoneAt } = merge;
  const who = (by ?? program)?.name;
  const ask = () =>
    undoAsked(id, {
      title: t("merge.undo", { name }),
      body: t("merge.undoBody"),
      verb: t("common:undo"),
      said: t("merge.back", { name }),
    });
  return (
    <Group justify="space-between" wrap="nowrap" gap="sm" py={4}>
      <div style={{ minWidth: 0 }}>
        <Text size="md" truncate>
          {name}
        </Text>
        <Text size="sm" c="dimmed">
          {who ? t("merge.by", { at: format.dateTime(at), who }) : t("merge.at", { at: format.dateTime(at) })}
          {undoneAt && ` · ${t("merge.undone", { at: format.dateTime(undoneAt) })}`}
        </Text>
      </div>
      {may && undoable && (
        <Button variant="default" size="xs" flex="none" loading={undo.isPending} onClick={ask}>
          {t("common:undo")}
        </Button>
      )}
    </Group>
  );
}
