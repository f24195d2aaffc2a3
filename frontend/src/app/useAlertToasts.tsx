import { Anchor } from "@mantine/core";
import { useMediaQuery } from "@mantine/hooks";
import { type NotificationData, notifications as toasts, notificationsStore } from "@mantine/notifications";
import { IconBell } from "@tabler/icons-react";
import { useRef } from "react";
import { useTranslation } from "react-i18next";
import { useNavigate } from "react-router";

import type { Notification } from "@/api/types";
import { about } from "@/ui/notifications/about";
import { whom } from "@/ui/notifications/whom";

const standsMs = 12_000;
const idPrefix = "alert:";
const summaryId = `${idPrefix}all`;

/** Alerts that came while one before them still stood. */
interface Burst {
  count: number;
  lastAt: number;
  /** The toasts of single alerts. */
  single: string[];
}

const quiet: Burst = { count: 0, lastAt: -Infinity, single: [] };

let listOpen = false;

/** Whoever looks at the list of alerts sees them there: while it is open, none lie over it. */
export function letListTell(open: boolean): void {
  listOpen = open;
  if (open) toasts.updateState(notificationsStore, (all) => all.filter(({ id }) => !id?.startsWith(idPrefix)));
}

/**
 * Shows an alert as a toast; those beyond the second of a burst (on a phone, the first) become one toast that counts
 * them all, so that they never bury the screen.
 */
export function useAlertToasts(): (item: Notification) => void {
  const navigate = useNavigate();
  const { t } = useTranslation();
  const small = useMediaQuery("(max-width: 48em)");
  const burst = useRef(quiet);

  const look = (title: string): Omit<NotificationData, "message"> => ({
    title,
    icon: <IconBell size={16} />,
    withBorder: true,
    closeButtonProps: { "aria-label": t("close") },
    autoClose: standsMs,
  });
  const link = (words: string, to: string, close: () => void) => (
    <Anchor
      component="button"
      fz="inherit"
      onClick={() => {
        close();
        void navigate(to);
      }}
    >
      {words}
    </Anchor>
  );

  const showOne = (item: Notification) => {
    const { title, body, contact, comment } = item;
    const said = [whom(item), body].filter(Boolean).join(" · ");
    const address = about(item);
    const words = contact ? t("bell.openContact") : (comment ? t("bell.openComment") : null);
    const id = `${idPrefix}${item.id}`;
    toasts.show({
      ...look(title),
      id,
      message: (
        <>
          {said} {address && words && link(words, address, () => toasts.hide(id))}
        </>
      ),
    });
    return id;
  };
  const showCount = (count: number) => {
    const summary = {
      ...look(t("bell.alerts", { count })),
      id: summaryId,
      message: link(t("bell.all"), "/notifications", () => toasts.hide(summaryId)),
      onClose: () => (burst.current = quiet),
    };
    toasts.show(summary);
    toasts.update(summary);
  };

  return (item) => {
    if (listOpen) return;
    const now = Date.now();
    const { count, single } = now - burst.current.lastAt < standsMs ? burst.current : quiet;
    burst.current = { count: count + 1, lastAt: now, single: [] };
    if (count < (small ? 1 : 2)) {
      burst.current.single = [...single, showOne(item)];
      return;
    }
    for (const id of single) toasts.hide(id);
    showCount(count + 1);
  };
}
