import { useMutation, useQueryClient } from "@tanstack/react-query";

import { api, unwrap } from "./client";
import { useCursorPages } from "./pages";
import type { Notification, NotificationPage } from "./types";

export const notificationsKey = ["notifications"] as const;

export function useNotifications({ unreadOnly = false, enabled = true } = {}) {
  const query = useCursorPages<Notification, NotificationPage>(
    [...notificationsKey, { unreadOnly }],
    (cursor) =>
      unwrap(
        api.GET("/api/notifications", {
          params: { query: { ...(unreadOnly && { unread: true }), ...(cursor && { cursor }) } },
        }),
      ),
    enabled,
  );
  return { ...query, unread: query.data?.pages[0]?.unread ?? 0 };
}

export function useMarkNotification() {
  const client = useQueryClient();
  return useMutation({
    mutationFn: ({ id, read }: { id: number; read: boolean }) =>
      unwrap(
        api.POST(read ? "/api/notifications/{id}/read" : "/api/notifications/{id}/unread", {
          params: { path: { id } },
        }),
      ),
    onSettled: () => client.invalidateQueries({ queryKey: notificationsKey }),
  });
}

export function useMarkAllRead() {
  const client = useQueryClient();
  return useMutation({
    mutationFn: () => unwrap(api.POST("/api/notifications/read-all")),
    onSettled: () => client.invalidateQueries({ queryKey: notificationsKey }),
  });
}
