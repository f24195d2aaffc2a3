import { useTranslation } from "react-i18next";

import { useDocument, useEditor, useVerbs } from "@/canvas/state/EditorContext";
import { QuietHoursFields } from "@/ui/fields/QuietHoursFields";

/** The automation's own quiet hours, which hold in place of the workspace's. */
export function QuietHoursSetting() {
  const { t } = useTranslation("settings");
  const readOnly = useEditor((state) => state.readOnly);
  const verbs = useVerbs();
  return (
    <QuietHoursFields
      label={t("quiet.own")}
      description={t("quiet.own_detail")}
      value={useDocument().settings.quiet_hours}
      onChange={(hours) => verbs.settings({ quiet_hours: hours })}
      thens={(["wait", "skip", "send"] as const).map((value) => ({ value, label: t(`quiet.${value}`) }))}
      disabled={readOnly}
    />
  );
}
