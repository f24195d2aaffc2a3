import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";

import { api, unwrap } from "./client";
import { contactKey } from "./contacts";
import type { components } from "./schema";
import { vocabularyKey } from "./vocabulary";

type Schemas = components["schemas"];

export type Topic = Schemas["ConsentTopicView"];
export type ConsentStanding = Schemas["ConsentStanding"];
export type ConsentChange = Schemas["ConsentChange"];
/** A topic as its form holds it: every field said. */
export type TopicDraft = Required<Schemas["NewConsentTopic"]>;

const topicsKey = ["topics"] as const;
const consentsKey = (contact: number) => [...contactKey(contact), "consents"] as const;
/** Staff notes it: the workspace knows who, and the topic says whether it is to be confirmed. */
const byHand = { source: null, detail: null, confirmed: false, language: null } as const;
const at = (id: number) => ({ params: { path: { id } } });

export const useTopics = () => useQuery({ queryKey: topicsKey, queryFn: () => unwrap(api.GET("/api/topics")) });

function useRefresh() {
  const client = useQueryClient();
  return () => Promise.all([topicsKey, vocabularyKey].map((queryKey) => client.invalidateQueries({ queryKey })));
}

/** Adds a topic, or changes the one whose id is given. */
export const useSaveTopic = () =>
  useMutation({
    mutationFn: ({ id, ...body }: TopicDraft & { id: number | null }) =>
      unwrap(id === null ? api.POST("/api/topics", { body }) : api.PUT("/api/topics/{id}", { ...at(id), body })),
    onSuccess: useRefresh(),
  });

export const useDeleteTopic = () =>
  useMutation({
    mutationFn: (id: number) => unwrap(api.DELETE("/api/topics/{id}", at(id))),
    onSuccess: useRefresh(),
  });

/** What a contact agreed to, and how that came to be. */
export const useConsents = (contact: number) =>
  useQuery({
    queryKey: consentsKey(contact),
    queryFn: () => unwrap(api.GET("/api/contacts/{id}/consents", at(contact))),
  });

/** Notes that a contact agreed to a topic, or took that back. */
export function useChooseConsent(contact: number) {
  const client = useQueryClient();
  return useMutation({
    mutationFn: ({ topic, state }: { topic: number; state: "given" | "withdrawn" }) =>
      unwrap(api.POST("/api/contacts/{id}/consents", { ...at(contact), body: { ...byHand, topics: [topic], state } })),
    onSuccess: () => client.invalidateQueries({ queryKey: contactKey(contact) }),
  });
}
