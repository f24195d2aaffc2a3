import { useTranslation } from "react-i18next";

import { useSession } from "@/api/session";

/** Date and time on the clock of a time zone, which is named: "Jan 15, 2027, 9:00 AM (Europe/Paris)". */
export function momentIn(at: string, zone: string, language: string): string {
  const format = new Intl.DateTimeFormat(language, { dateStyle: "medium", timeStyle: "short", timeZone: zone });
  return `${format.format(new Date(at))} (${zone})`;
}

/** The time zone of the workspace: whoever writes campaigns may sit in another. */
export const useWorkspaceZone = () => useSession().data?.workspace.time_zone ?? "UTC";

/** Says moments on the workspace's clock. */
export function useWorkspaceMoment(): (at: string) => string {
  const { language } = useTranslation().i18n;
  const zone = useWorkspaceZone();
  return (at) => momentIn(at, zone, language);
}
