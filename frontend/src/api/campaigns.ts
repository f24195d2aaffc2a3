import { keepPreviousData, useMutation, useQuery, useQueryClient } from "@tanstack/react-query";

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
/** A campaign as its form holds it. */
export interface CampaignDraft {
  name: string;
  settings: CampaignSettings;
}

const campaignsKey = ["campaigns"] as const;
const campaignKey = (id: number) => [...campaignsKey, id] as const;
const at = (id: number) => ({ params: { path: { id } } });
/** How often one looks again while mail leaves, in milliseconds. */
const watched = 2000;

const isMoving = ({ state }: Campaign) => state === "sending" || state === "scheduled";

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

export const useCampaign = (id: number) =>
  useQuery({
    queryKey: campaignKey(id),
    queryFn: () => unwrap(api.GET("/api/campaigns/{id}", at(id))),
    refetchInterval: ({ state }) => (state.data && isMoving(state.data) ? watched : false),
  });

export const useReport = (campaign: Campaign) =>
  useQuery({
    queryKey: [...campaignKey(campaign.id), "report"],
    queryFn: () => unwrap(api.GET("/api/campaigns/{id}/report", at(campaign.id))),
    refetchInterval: isMoving(campaign) ? watched : 30_000,
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

/** Makes a draft, or writes the one whose id is given anew. */
export const useSaveCampaign = () =>
  useMutation({
    mutationFn: ({ id, ...body }: { id: number | null; name: string; settings?: CampaignSettings }) =>
      unwrap(
        id === null ? api.POST("/api/campaigns", { body }) : api.PUT("/api/campaigns/{id}", { ...at(id), body }),
      ),
    onSuccess: useRefresh(),
  });

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

export type CampaignAct = "start" | "pause" | "resume" | "cancel";

/** Starts, pauses, resumes or calls off a campaign. */
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
