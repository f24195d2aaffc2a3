import { type Query, keepPreviousData, useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { useEffect, useRef } from "react";

import { api, unwrap } from "./client";
import { useCursorPages } from "./pages";
import type { components } from "./schema";

type Schemas = components["schemas"];

export type Campaign = Schemas["Campaign"];
export type CampaignState = Campaign["state"];
export type CampaignSettings = Schemas["StoredCampaignSettings"];
export type CampaignTrial = Schemas["StoredTrial"];
export type CampaignReport = Schemas["CampaignReport"];
export type CampaignRecipient = Schemas["CampaignRecipient"];
export type Which = CampaignRecipient["state"] | "all" | "opened" | "clicked" | "unsubscribed" | "complained";
export type Variant = "a" | "b";
interface CampaignDraft {
  name: string;
  settings: CampaignSettings;
}

const campaignsKey = ["campaigns"] as const;
const campaignKey = (id: number) => [...campaignsKey, id] as const;
const at = (id: number) => ({ params: { path: { id } } });
/** How often one looks again while mail leaves, in milliseconds. */
const watched = 2000;

/** Nothing else tells a page that waits for hours what others did meanwhile. */
const glanced = 30_000;

/** How soon a campaign can look otherwise: while it is sent at any time, while it waits when its time comes. */
export function nextLook({ state, waits_until: until }: Campaign, now = Date.now()): number | false {
  if (state === "sending") return watched;
  if (state !== "scheduled") return false;
  return Math.min(Math.max(until ? Date.parse(until) - now : 0, watched), glanced);
}

export const useCampaigns = (search: string) => {
  const query = useCursorPages<Campaign>([...campaignsKey, "list", search], (cursor) =>
    unwrap(
      api.GET("/api/campaigns", {
        params: { query: { limit: 20, ...(search && { search }), ...(cursor && { cursor }) } },
      }),
    ),
  );
  const { refetch, items } = query;
  const moving = items?.some(({ state }) => state === "sending") ?? false;
  useQuery({
    queryKey: [...campaignsKey, "watch", search],
    queryFn: () => refetch().then(() => null),
    enabled: moving,
    refetchInterval: watched,
  });
  return query;
};

const campaignQuery = (id: number) => ({
  queryKey: campaignKey(id),
  queryFn: () => unwrap(api.GET("/api/campaigns/{id}", at(id))),
  refetchInterval: ({ state }: Query<Campaign>) => (state.data ? nextLook(state.data) : false),
});

/** A campaign; what else is shown of it is asked anew as it gets on. */
export function useCampaign(id: number) {
  const client = useQueryClient();
  const query = useQuery(campaignQuery(id));
  const { state, settled } = query.data ?? {};
  const seen = useRef({ state, settled });
  useEffect(() => {
    const before = seen.current;
    seen.current = { state, settled };
    if (before.state === undefined || (before.state === state && before.settled === settled)) return;
    void client.invalidateQueries({ queryKey: campaignKey(id), predicate: ({ queryKey }) => queryKey.length > 2 });
  }, [client, id, state, settled]);
  return query;
}

/** Asks for a campaign as it is now, whatever is known of it. */
export function useLatestCampaign(id: number) {
  const client = useQueryClient();
  return () => client.fetchQuery({ ...campaignQuery(id), staleTime: 0 });
}

export const useReport = (campaign: Campaign) =>
  useQuery({
    queryKey: [...campaignKey(campaign.id), "report"],
    queryFn: () => unwrap(api.GET("/api/campaigns/{id}/report", at(campaign.id))),
    refetchInterval: campaign.state === "sending" ? watched : glanced,
  });

export const useRecipients = (id: number, which: Which) =>
  useCursorPages<CampaignRecipient>([...campaignKey(id), "recipients", which], (cursor) =>
    unwrap(
      api.GET("/api/campaigns/{id}/recipients", {
        params: { path: { id }, query: { which, ...(cursor && { cursor }) } },
      }),
    ),
  );

/** Whom a campaign reaches does not hang on these. */
const besides = {
  template: null,
  subject: "",
  sender: null,
  reply_to: "",
  send_at: null,
  own_zone: false,
  keep_caps: true,
  keep_quiet: true,
  trial: null,
};

/** Whom the campaign would reach if it left now. The last answer stays in sight while one chooses. */
export const useEstimate = (settings: CampaignSettings) => {
  const { lists, segments, except_lists, except_segments, topic } = settings;
  const body = { ...besides, lists, segments, except_lists, except_segments, topic };
  return useQuery({
    queryKey: [...campaignsKey, "estimate", body],
    queryFn: () => unwrap(api.POST("/api/campaigns/estimate", { body })),
    placeholderData: keepPreviousData,
    enabled: lists.length + segments.length > 0,
  });
};

function useRefresh() {
  const client = useQueryClient();
  return () => client.invalidateQueries({ queryKey: campaignsKey });
}

/** Makes a draft. */
export const useMakeCampaign = () =>
  useMutation({
    mutationFn: (body: { name: string }) => unwrap(api.POST("/api/campaigns", { body })),
    onSuccess: useRefresh(),
  });

/** Writes a draft anew that is still at this revision. What is written last is written also while the page goes. */
export function useSaveCampaign(id: number) {
  const client = useQueryClient();
  return useMutation({
    mutationFn: (body: CampaignDraft & { revision: number }) =>
      unwrap(api.PUT("/api/campaigns/{id}", { ...at(id), body, keepalive: true })),
    // Not waited for: it is saved as soon as the server says so.
    onSuccess: (campaign) => {
      client.setQueryData(campaignKey(id), campaign);
      void client.invalidateQueries({ queryKey: [...campaignsKey, "list"] });
    },
    onError: () => void client.invalidateQueries({ queryKey: campaignKey(id), exact: true }),
  });
}

export const useCopyCampaign = () =>
  useMutation({
    mutationFn: (id: number) => unwrap(api.POST("/api/campaigns/{id}/copy", at(id))),
    onSuccess: useRefresh(),
  });

export const useDeleteCampaign = () =>
  useMutation({
    mutationFn: (id: number) => unwrap(api.DELETE("/api/campaigns/{id}", at(id))),
    onSuccess: useRefresh(),
  });

/** Sends the draft that is still at this revision, now or when its time comes. */
export const useStartCampaign = (id: number) =>
  useMutation({
    mutationFn: (revision: number) => unwrap(api.POST("/api/campaigns/{id}/start", { ...at(id), body: { revision } })),
    onSettled: useRefresh(),
  });

export type CampaignAct = "unschedule" | "pause" | "resume" | "cancel";

/** Takes back, pauses, resumes or calls off a campaign. */
export const useCampaignAct = () =>
  useMutation({
    mutationFn: ({ id, act }: { id: number; act: CampaignAct }) => unwrap(api.POST(`/api/campaigns/{id}/${act}`, at(id))),
    onSettled: useRefresh(),
  });

export const useChooseWinner = (id: number) =>
  useMutation({
    mutationFn: (variant: Variant) => unwrap(api.POST("/api/campaigns/{id}/winner", { ...at(id), body: { variant } })),
    onSettled: useRefresh(),
  });

export const useTestCampaign = (id: number) =>
  useMutation({
    mutationFn: (body: { to: string; variant: Variant; contact_id: number | null }) =>
      unwrap(api.POST("/api/campaigns/{id}/test", { ...at(id), body })),
  });
