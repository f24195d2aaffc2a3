import { Switch } from "@mantine/core";
import { useTranslation } from "react-i18next";

import { useCan } from "@/api/session";
import { useDocument, useEditor, useVerbs } from "@/canvas/state/EditorContext";

/** Whether a contact that left may enter again; not for everybody to decide. */
export function ReEntrySwitch() {
  const { t } = useTranslation("editor");
  const allowed = useCan()("automations.re_entry");
  const readOnly = useEditor((state) => state.readOnly);
  const { settings } = useDocument();
  const verbs = useVerbs();
  return (
    <Switch
      label={t("settings.re_entry")}
      description={allowed ? t("settings.re_entry_detail") : t("settings.re_entry_denied")}
      checked={settings.re_entry === true}
      onChange={(event) => verbs.settings({ re_entry: event.currentTarget.checked })}
      disabled={!allowed || readOnly}
    />
  );
}
