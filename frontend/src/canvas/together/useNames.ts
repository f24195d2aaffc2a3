import { useTranslation } from "react-i18next";

import type { Visitor } from "@/api/types";

/** What somebody who is here is called. */
export function useVisitorName(): (visitor: Visitor) => string {
  const { t } = useTranslation("together");
  return ({ user }) => user.name || t("presence.somebody");
}
