import { Alert, Stack, Text } from "@mantine/core";
import { Dropzone } from "@mantine/dropzone";
import "@mantine/dropzone/styles.layer.css";
import { IconFileTypeCsv } from "@tabler/icons-react";
import { useState } from "react";
import { useTranslation } from "react-i18next";

import { useUploadImport } from "@/api/imports";
import type { ImportPreview } from "@/api/types";
import { problemWords } from "@/ui/feedback/toast";

import { RecentImports } from "./RecentImports";

const mostBytes = 50 * 1024 * 1024;

/** Takes the file; nothing is imported before the columns were matched and seen. */
export function UploadStep({ onUploaded }: { onUploaded: (preview: ImportPreview) => void }) {
  const { t } = useTranslation("imports");
  const upload = useUploadImport();
  const [refused, setRefused] = useState("");
  const failure = refused || (upload.error ? problemWords(upload.error) : "");
  const send = ([file]: File[]) => {
    setRefused("");
    if (file) upload.mutate(file, { onSuccess: onUploaded });
  };
  return (
    <Stack gap="lg">
      {failure && (
        <Alert color="red" variant="light" role="alert">
          {failure}
        </Alert>
      )}
      <Dropzone
        onDrop={send}
        onReject={() => setRefused(t("upload.refused"))}
        accept={["text/csv", "text/plain", "application/vnd.ms-excel", "text/tab-separated-values"]}
        maxFiles={1}
        maxSize={mostBytes}
        loading={upload.isPending}
        inputProps={{ "aria-label": t("upload.choose") }}
        aria-label={t("upload.choose")}
        p="xl"
      >
        <Stack align="center" gap="xs" py="xl" style={{ pointerEvents: "none" }}>
          <IconFileTypeCsv size={40} stroke={1.3} color="var(--cz-text-2)" aria-hidden />
          <Text fw={600}>{t("upload.choose")}</Text>
          <Text size="sm" c="dimmed" ta="center" maw={420}>
            {t("upload.hint")}
          </Text>
        </Stack>
      </Dropzone>
      <RecentImports />
    </Stack>
  );
}
