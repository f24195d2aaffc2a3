import { Anchor } from "@mantine/core";
import { useThrottledCallback } from "@mantine/hooks";
import { notifications as toasts } from "@mantine/notifications";
import { IconBell } from "@tabler/icons-react";
import { useQueryClient } from "@tanstack/react-query";
import { useEffect, useRef } from "react";
import { useTranslation } from "react-i18next";
import { useNavigate } from "react-router";

import { automationsKey } from "@/api/automations";
import { importKey } from "@/api/imports";
import { notificationsKey } from "@/api/notifications";
import { stream } from "@/api/stream";
import type { Notification } from "@/api/types";
import { useStream } from "@/api/useStream";

/** Counts may move many times a second; the list asks again at most this often. */
const countsEveryMs = 3000;

function useNotificationToast(): (item: Notification) => void {
  const navigate = useNavigate();
  const { t } = useTranslation();
  return (item) => {
    const { contact } = item;
    const id = toasts.show({
      title: item.title,
      icon: <IconBell size={16} />,
      withBorder: true,
      closeButtonProps: { "aria-label": t("close") },
      autoClose: 12_000,
      message: (
        <>
          {item.body}{" "}
          {contact && (
            <Anchor
              component="button"
              fz="inherit"
              onClick={() => {
                toasts.hide(id);
                void navigate(`/contacts/${contact.id}`);
              }}
            >
              {t("bell.openContact")}
            </Anchor>
          )}
        </>
      ),
    });
  };
}

/** Opens the one live line to the server and lets what it tells refresh what is on the screen. */
export function useLiveUpdates(): void {
  const client = useQueryClient();
  const toast = useNotificationToast();
  const opened = useRef(false);
  const refreshCounts = useThrottledCallback(
    () => void client.invalidateQueries({ queryKey: automationsKey }),
    countsEveryMs,
  );

  useStream("open", () => {
    // What was told while the line was down is lost, so after a reconnect everything shown is asked for again.
    void client.invalidateQueries(opened.current ? {} : { queryKey: notificationsKey });
    opened.current = true;
  });
  useStream("notification", ({ notification }) => {
    void client.invalidateQueries({ queryKey: notificationsKey });
    toast(notification);
  });
  useStream("unread", () => void client.invalidateQueries({ queryKey: notificationsKey }));
  useStream("automation", () => void client.invalidateQueries({ queryKey: automationsKey }));
  useStream("stats", refreshCounts);
  useStream("import", ({ id }) => void client.invalidateQueries({ queryKey: importKey(id) }));

  useEffect(() => {
    stream.start();
    return () => stream.stop();
  }, []);
}
