import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";

import { api, unwrap } from "./client";
import type { NewWebhook } from "./types";

const webhooksKey = ["webhooks"] as const;
/** Who has just connected a tool waits for its first delivery. */
const lookEvery = 3000;
const mostShown = 100;

export const useWebhooks = () =>
  useQuery({ queryKey: webhooksKey, queryFn: () => unwrap(api.GET("/api/webhooks")), refetchInterval: lookEvery });

/** The last deliveries of a webhook, the newest first. */
export const useDeliveries = (id: number) =>
  useQuery({
    queryKey: [...webhooksKey, id, "deliveries"],
    queryFn: () =>
      unwrap(api.GET("/api/webhooks/{id}/deliveries", { params: { path: { id }, query: { limit: mostShown } } })),
    refetchInterval: lookEvery,
  });

function useChange<V, R>(mutationFn: (value: V) => Promise<R>) {
  const client = useQueryClient();
  return useMutation({ mutationFn, onSuccess: () => client.invalidateQueries({ queryKey: webhooksKey }) });
}

export const useCreateWebhook = () => useChange((body: NewWebhook) => unwrap(api.POST("/api/webhooks", { body })));

export const useSwitchWebhook = () =>
  useChange(({ id, enabled }: { id: number; enabled: boolean }) =>
    unwrap(api.PATCH("/api/webhooks/{id}", { params: { path: { id } }, body: { enabled } })),
  );

export const useRotateSecret = () =>
  useChange((id: number) => unwrap(api.POST("/api/webhooks/{id}/rotate", { params: { path: { id } } })));

export const useDeleteWebhook = () =>
  useChange((id: number) => unwrap(api.DELETE("/api/webhooks/{id}", { params: { path: { id } } })));

export const useReplayDelivery = (id: number) =>
  useChange((delivery: number) =>
    unwrap(api.POST("/api/webhooks/{id}/deliveries/{delivery}/replay", { params: { path: { id, delivery } } })),
  );

export const useReplayFailed = (id: number) =>
  useChange(() => unwrap(api.POST("/api/webhooks/{id}/deliveries/replay", { params: { path: { id } } })));

/** Tells a webhook a sample now; gives what it answered. */
export const useTestWebhook = () =>
  useChange((id: number) => unwrap(api.POST("/api/webhooks/{id}/test", { params: { path: { id } } })));
