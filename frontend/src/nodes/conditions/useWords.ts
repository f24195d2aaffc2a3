import { useMemo } from "react";
import { useTranslation } from "react-i18next";

import type { Words } from "./subjects";

/** The builder's own words for subjects, in the screen's language. */
export function useWords(): Words {
  const { t } = useTranslation("editor");
  return useMemo(
    () => ({
      group: (key) => t(`condition.groups.${key}`),
      subject: (key) => t(`condition.subjects.${key}`),
      events: (label) => t("condition.subjects.events", { name: label }),
    }),
    [t],
  );
}
