/** Steps that other tools call: their addresses, and what was sent to them. */

import { useThrottledCallback } from "@mantine/hooks";
import { keepPreviousData, useMutation, useQuery, useQueryClient } from "@tanstack/react-query";

import type { JsonObject } from "@/flow/document";

import { api, unwrap } from "./client";
import type { HookAddress } from "./types";
import { useStream } from "./useStream";

/** A busy tool may call many times a second. */
const renewEveryMs = 1000;

/** A step of an automation. */
export interface StepPlace {
  readonly automation: number;
  readonly step: string;
}

const hookKey = ({ automation, step }: StepPlace) => ["hook", automation, step] as const;
const addressKey = (place: StepPlace) => [...hookKey(place), "address"] as const;
const callsKey = (place: StepPlace) => [...hookKey(place), "calls"] as const;
const params = ({ automation, step }: StepPlace) => ({ path: { id: automation, step } });

/** Where a step is called; asking makes the address. */
export function useHookAddress(place: StepPlace) {
  return useQuery({
    queryKey: addressKey(place),
    queryFn: () => unwrap(api.PUT("/api/automations/{id}/hooks/{step}", { params: params(place) })),
    staleTime: Infinity,
  });
}

/** Gives a step another address. */
export function useRenewAddress(place: StepPlace) {
  const client = useQueryClient();
  return useMutation({
    mutationFn: () => unwrap(api.POST("/api/automations/{id}/hooks/{step}/rotate", { params: params(place) })),
    onSuccess: (address: HookAddress) => client.setQueryData(addressKey(place), address),
  });
}

/** The last calls, the newest first, as they come in; `enabled` once there is an address. */
export function useHookCalls(place: StepPlace, enabled: boolean) {
  const client = useQueryClient();
  const renew = useThrottledCallback(() => void client.invalidateQueries({ queryKey: callsKey(place) }), renewEveryMs);
  useStream("hook", ({ automation_id, step }) => {
    if (automation_id === place.automation && step === place.step) renew();
  });
  return useQuery({
    queryKey: callsKey(place),
    queryFn: () => unwrap(api.GET("/api/automations/{id}/hooks/{step}/calls", { params: params(place) })),
    enabled,
  });
}

/** Keeps an example of what will be sent. */
export function useKeepExample(place: StepPlace) {
  const client = useQueryClient();
  return useMutation({
    mutationFn: (payload: Record<string, unknown>) =>
      unwrap(api.POST("/api/automations/{id}/hooks/{step}/calls", { params: params(place), body: { payload } })),
    onSuccess: () => client.invalidateQueries({ queryKey: callsKey(place) }),
  });
}

/** What would come of a call by a mapping; not asked while there is none. */
export function useHookPreview(place: StepPlace, call: number, mapping: JsonObject | undefined) {
  return useQuery({
    queryKey: [...hookKey(place), "preview", call, mapping],
    queryFn: () =>
      unwrap(
        api.POST("/api/automations/{id}/hooks/{step}/calls/{call_id}/preview", {
          params: { path: { id: place.automation, step: place.step, call_id: call } },
          body: { mapping },
        }),
      ),
    enabled: mapping !== undefined,
    placeholderData: keepPreviousData,
  });
}

/** Takes a call once more. */
export function useReplayCall(place: StepPlace) {
  const client = useQueryClient();
  return useMutation({
    mutationFn: (call: number) =>
      unwrap(
        api.POST("/api/automations/{id}/hooks/{step}/calls/{call_id}/replay", {
          params: { path: { id: place.automation, step: place.step, call_id: call } },
        }),
      ),
    onSettled: () => client.invalidateQueries({ queryKey: callsKey(place) }),
  });
}

/** Takes all refused calls once more. */
export function useReplayRefused(place: StepPlace) {
  const client = useQueryClient();
  return useMutation({
    mutationFn: () => unwrap(api.POST("/api/automations/{id}/hooks/{step}/replay", { params: params(place) })),
    onSettled: () => client.invalidateQueries({ queryKey: callsKey(place) }),
  });
}
