import { useTranslation } from "react-i18next";

import { useNotifications } from "@/api/notifications";
import { NotificationRow } from "@/ui/notifications/NotificationRow";

import { MyCard } from "./MyCard";

export function MyAlerts() {
  const { t } = useTranslation("work");
  const query = useNotifications();
  return (
    <MyCard
      title={t("alerts")}
      none={t("noAlerts")}
      all="/notifications"
      query={query}
      items={query.items}
      row={(item) => <NotificationRow item={item} />}
    />
  );
}
