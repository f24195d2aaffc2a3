import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";

import { api, unwrap } from "./client";
import type { components } from "./schema";

type Schemas = components["schemas"];

export type SmsProvider = Schemas["SmsProvider"];

const key = ["sms"] as const;

export const useSmsProvider = () => useQuery({ queryKey: key, queryFn: () => unwrap(api.GET("/api/workspace/sms")) });

export function useSaveSmsProvider() {
  const client = useQueryClient();
  return useMutation({
    mutationFn: (body: Schemas["SmsProviderChange"]) => unwrap(api.PUT("/api/workspace/sms", { body })),
    onSuccess: (saved) => client.setQueryData(key, saved),
  });
}

export const useTestSms = () =>
  useMutation({ mutationFn: (to: string) => unwrap(api.POST("/api/workspace/sms/test", { body: { to } })) });
