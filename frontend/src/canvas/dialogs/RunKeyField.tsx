import { TextInput } from "@mantine/core";
import { useTranslation } from "react-i18next";

import { useDocument, useEditor, useVerbs } from "@/canvas/state/EditorContext";

/** The event property that lets one contact be inside several times, once for each of its values. */
export function RunKeyField() {
  const { t } = useTranslation("editor");
  const readOnly = useEditor((state) => state.readOnly);
  const key = useDocument().settings.run_key ?? "";
  const verbs = useVerbs();
  return (
    <TextInput
      label={t("settings.run_key")}
      description={t("settings.run_key_detail")}
      placeholder="order_id"
      maxLength={100}
      value={key}
      onChange={(event) => verbs.settings({ run_key: event.currentTarget.value.trim() || undefined })}
      disabled={readOnly}
    />
  );
}
