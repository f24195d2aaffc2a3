import { Alert, Button, Checkbox, Group, Select, Stack, Text } from "@mantine/core";
import { useState } from "react";
import { useTranslation } from "react-i18next";

import { useStartImport } from "@/api/imports";
import type { ImportPreview } from "@/api/types";
import { useVocabulary } from "@/api/vocabulary";
import { problemWords } from "@/ui/feedback/toast";

import classes from "./ContactImport.module.css";
import { MatchTable } from "./MatchTable";
import { faultsOf, firstMatching, toMapping } from "./matching";

interface MatchStepProps {
  preview: ImportPreview;
  onStarted: () => void;
  onBack: () => void;
}

/** Shows the file's first rows and asks where each column goes. */
export function MatchStep({ preview, onStarted, onBack }: MatchStepProps) {
  const { t } = useTranslation("imports");
  const lists = useVocabulary().data?.lists ?? [];
  const start = useStartImport();
  const [matching, setMatching] = useState(() => firstMatching(preview.columns));
  const [listId, setListId] = useState<number | null>(null);
  const [updateExisting, setUpdateExisting] = useState(true);
  const [emptyOverwrites, setEmptyOverwrites] = useState(false);
  const faults = faultsOf(matching);
  const submit = () =>
    start.mutate(
      {
        id: preview.id,
        mapping: toMapping(matching),
        list_id: listId,
        update_existing: updateExisting,
        empty_overwrites: emptyOverwrites,
      },
      { onSuccess: onStarted },
    );
  return (
    <Stack gap="lg">
      <Text c="dimmed">
        {t("match.file", { count: preview.rows_total_estimate, encoding: preview.encoding })}
      </Text>
      <MatchTable
        preview={preview}
        matching={matching}
        onMatch={(column, target) => setMatching({ ...matching, [column]: target })}
      />
      <div className={classes["card"]}>
        <Stack gap="md">
          <Select
            label={t("match.list")}
            placeholder={t("match.noList")}
            clearable
            searchable
            maw={360}
            data={lists.map(({ id, name }) => ({ value: String(id), label: name }))}
            value={listId === null ? null : String(listId)}
            onChange={(id) => setListId(id === null ? null : Number(id))}
          />
          <Checkbox
            label={t("match.update")}
            description={t("match.updateHint")}
            checked={updateExisting}
            onChange={(event) => setUpdateExisting(event.currentTarget.checked)}
          />
          <Checkbox
            label={t("match.empty")}
            description={t("match.emptyHint")}
            checked={emptyOverwrites}
            disabled={!updateExisting}
            onChange={(event) => setEmptyOverwrites(event.currentTarget.checked)}
          />
        </Stack>
      </div>
      {faults.map((fault) => (
        <Alert key={fault} color="yellow" variant="light">
          {t(`match.fault.${fault}`)}
        </Alert>
      ))}
      {start.error && (
        <Alert color="red" variant="light" role="alert">
          {problemWords(start.error)}
        </Alert>
      )}
      <Group>
        <Button onClick={submit} disabled={faults.length > 0} loading={start.isPending}>
          {t("match.start", { count: preview.rows_total_estimate })}
        </Button>
        <Button variant="default" onClick={onBack}>
          {t("match.back")}
        </Button>
      </Group>
    </Stack>
  );
}
