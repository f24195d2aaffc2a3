import { useThrottledCallback } from "@mantine/hooks";
import { useQueryClient } from "@tanstack/react-query";
import { useEffect, useRef } from "react";

import { automationsKey } from "@/api/automations";
import { importKey } from "@/api/imports";
import { notificationsKey } from "@/api/notifications";
import { sessionKey, useUser } from "@/api/session";
import { stream } from "@/api/stream";
import { useStream } from "@/api/useStream";

import { useAlertToasts } from "./useAlertToasts";

/** Counts may move many times a second; the list asks again at most this often. */
const countsEveryMs = 3000;

/** Opens the live line to the server and lets what it tells refresh what is on the screen. */
export function useLiveUpdates(): void {
  const client = useQueryClient();
  const toast = useAlertToasts();
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
  // Somebody may have signed out in another tab.
  useStream("refused", () => void client.refetchQueries({ queryKey: sessionKey }));
  useStream("notification", ({ notification }) => {
    void client.invalidateQueries({ queryKey: notificationsKey });
    toast(notification);
  });
  useStream("unread", () => void client.invalidateQueries({ queryKey: notificationsKey }));
  useStream("automation", () => void client.invalidateQueries({ queryKey: automationsKey }));
  useStream("stats", refreshCounts);
  useStream("import", ({ id }) => void client.invalidateQueries({ queryKey: importKey(id) }));

  const { id } = useUser();
  useEffect(() => {
    stream.start(id);
    return () => stream.stop();
  }, [id]);
}
