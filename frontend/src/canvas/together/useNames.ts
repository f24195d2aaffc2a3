import { useTranslation } from "react-i18next";

import { useUser } from "@/api/session";
import type { Visitor } from "@/api/types";

/** What somebody who is here is called; one's own other windows are told as such. */
export function useVisitorName(): (visitor: Visitor) => string {
  const { t } = useTranslation("together");
  const { id } = useUser();
  return ({ user }) => (user.id === id ? t("presence.you") : user.name || t("presence.somebody"));
}
