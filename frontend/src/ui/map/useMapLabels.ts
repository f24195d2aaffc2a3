import type { AriaLabelConfig } from "@xyflow/react";
import { useTranslation } from "react-i18next";

/** What the buttons of a drawn map are called; the library knows English only. */
export function useMapLabels(): Partial<AriaLabelConfig> {
  const { t } = useTranslation();
  return {
    "controls.ariaLabel": t("map.controls"),
    "controls.zoomIn.ariaLabel": t("map.zoom_in"),
    "controls.zoomOut.ariaLabel": t("map.zoom_out"),
    "controls.fitView.ariaLabel": t("map.fit"),
  };
}
