/** What the editor asks of the server. */

import { useThrottledCallback } from "@mantine/hooks";
import { keepPreviousData, queryOptions, useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { useCallback } from "react";

import { makeCatalog, type NodeType } from "@/flow/catalog";
import type { AutomationDocument, JsonObject, StepGroup } from "@/flow/document";
import type { Language } from "@/i18n/languages";
import { useLanguage } from "@/i18n/useLanguage";

import { automationsKey } from "./automations";
import { api, unwrap, unwrapAs } from "./client";
import type { EventPlace } from "./types";
import { useCursorPages } from "./pages";
import type { Activation, AutomationState, Page, RadarPlace, SentDocument } from "./types";
import { useStream } from "./useStream";

export interface Automation {
  id: number;
  name: string;
  state: AutomationState;
  version: number | null;
  draft_revision: number;
  document: AutomationDocument;
  live_document: AutomationDocument | null;
  has_unpublished_changes: boolean;
  activated_at: string | null;
  updated_at: string;
}

export interface Problem {
  node: string | null;
  field: string | null;
  code: string;
  severity: "error" | "warning";
  message: string;
  remedy: string | null;
  fix?: { label: string; patch: JsonObject } | null;
  /** Found by the radar: where it shows in other automations. */
  elsewhere?: RadarPlace[];
}

export interface Check {
  problems: Problem[];
  summaries: Record<string, string>;
  settings: Record<string, string>;
  sentence: string;
  event_places: EventPlace[];
}

export interface Counts {
  waiting: number;
  passed: number;
  failed: number;
}

export interface Stats {
  nodes: Record<string, Counts>;
  edges: Record<string, number>;
  inside: number;
  entered: number;
  finished: number;
  failed: number;
}

export interface Enrollment {
  id: number;
  contact: { id: number; email: string | null; name: string };
  version: number;
  state: string;
  node: string | null;
  entered_at: string;
  exited_at: string | null;
  wake_at: string | null;
  reason: string | null;
  held_by: string | null;
}

const automationKey = (id: number) => ["automation", id] as const;
const statsKey = (id: number) => ["automation-stats", id] as const;
const peopleKey = (id: number) => ["automation-people", id] as const;
/** Everything that is kept of an automation, and the list of all. */
export const keysOf = (id: number) => [automationKey(id), statsKey(id), peopleKey(id), automationsKey];
const path = (id: number) => ({ path: { id } });
/** A draft may be unfinished: what is wrong with it is the server's to say. */
const sent = (document: AutomationDocument) => document as unknown as SentDocument;

export function fetchAutomation(id: number): Promise<Automation> {
  return unwrapAs<Automation>(api.GET("/api/automations/{id}", { params: path(id) }));
}

export function automationQuery(id: number) {
  return queryOptions({ queryKey: automationKey(id), queryFn: () => fetchAutomation(id) });
}

export function useAutomation(id: number) {
  const client = useQueryClient();
  useStream("automation", (event) => {
    if (event.id === id) void client.invalidateQueries({ queryKey: automationKey(id) });
  });
  return useQuery(automationQuery(id));
}

export function catalogQuery(lang: Language) {
  return queryOptions({
    queryKey: ["node-types", lang],
    queryFn: () => unwrapAs<NodeType[]>(api.GET("/api/node-types", { params: { query: { lang } } })),
    staleTime: Infinity,
  });
}

/** The kinds of steps there are, by key; without `language` in the screen's. */
export function useCatalog(language?: Language) {
  const ours = useLanguage();
  const lang = language ?? ours;
  const select = useCallback((types: readonly NodeType[]) => makeCatalog(types, lang), [lang]);
  return useQuery({ ...catalogQuery(lang), select });
}

const numbers = new WeakMap<object, number>();
let lastNumber = 0;

/** The number of what never changes, another for each: to write it out as a key takes longer the larger it is. */
function numberOf(part: object): number {
  const number = numbers.get(part) ?? ++lastNumber;
  numbers.set(part, number);
  return number;
}

/** The server's word on a draft: its faults, and each step in a sentence. Where steps stand does not matter. */
export function checkQuery(document: AutomationDocument, lang: Language) {
  return queryOptions({
    queryKey: ["automation-check", lang, document.name, ...[document.settings, document.nodes, document.edges].map(numberOf)],
    queryFn: () =>
      unwrapAs<Check>(api.POST("/api/automations/check", { params: { query: { lang } }, body: { document: sent(document) } })),
    gcTime: 10_000,
  });
}

/** See `checkQuery`; without `language` in the screen's. Until it is there, the word on what was asked about before. */
export function useCheck(document: AutomationDocument, language?: Language) {
  const ours = useLanguage();
  return useQuery({ ...checkQuery(document, language ?? ours), placeholderData: keepPreviousData });
}

/** Stores the draft; refused with 409 when it was changed elsewhere since `base_revision`. */
export function saveDraft(id: number, document: AutomationDocument, base_revision: number) {
  return unwrapAs<{ draft_revision: number }>(
    api.PUT("/api/automations/{id}/draft", { params: path(id), body: { document: sent(document), base_revision } }),
  );
}

/** Gives the automation another name, at once and in what runs too. */
export function renameAutomation(id: number, name: string) {
  return unwrap(api.PATCH("/api/automations/{id}", { params: path(id), body: { name } }));
}

/** Lets the draft run; refused with 409 when it is at another revision than the one that was looked at. */
export function useActivate(id: number) {
  const client = useQueryClient();
  return useMutation({
    mutationFn: (body: Activation) =>
      unwrapAs<Automation>(api.POST("/api/automations/{id}/activate", { params: path(id), body })),
    onSuccess: () => Promise.all(keysOf(id).map((queryKey) => client.invalidateQueries({ queryKey }))),
  });
}

/** Counts may move many times a second; they are asked for at most this often. */
const countsEveryMs = 1000;

/** Renews all counts of the automation when the server says that they changed. */
export function useFreshStats(id: number): void {
  const client = useQueryClient();
  const renew = useThrottledCallback(() => void client.invalidateQueries({ queryKey: statsKey(id) }), countsEveryMs);
  useStream("stats", (event) => {
    if (event.automation_id === id) renew();
  });
  useStream("open", renew); // what moved before that was told to nobody here
}

/** What is counted: the last days or ever, those in one version or in all. */
export interface Counted {
  days?: number | undefined;
  version?: number | null;
}

/** Live counts; `useFreshStats` keeps them so. */
export function useStats(id: number, enabled: boolean, { days, version }: Counted = {}) {
  const query = { ...(days && { days }), ...(version && { version }) };
  return useQuery({
    queryKey: [...statsKey(id), query],
    queryFn: () => unwrapAs<Stats>(api.GET("/api/automations/{id}/stats", { params: { ...path(id), query } })),
    placeholderData: keepPreviousData,
    enabled,
    staleTime: 0,
    refetchInterval: enabled && 15_000,
  });
}

export interface PeopleFilter {
  /** Null: at whichever step. */
  node: string | null;
  /** Instead of one step, a group of them. */
  group?: StepGroup;
  state: "active" | "failed" | "passed";
  /** By which way out they passed; without it, by any. */
  port?: string;
}

/** The contacts that stand at a step or group, failed there, or went on from it: those whom its number counts. */
export function usePeople(id: number, { node, group, state, port }: PeopleFilter, { days, version }: Counted) {
  const nodes = group ? [...group.nodes] : node === null ? [] : [node];
  const which = {
    ...(state === "passed" ? { passed: true, ...(port !== undefined && { port }) } : { state }),
    ...(version && { version }),
    // Who waits, waits now; and those of the whole automation are listed whenever they failed.
    ...(days && state !== "active" && nodes.length > 0 && { days }),
  };
  return useCursorPages<Enrollment>([...peopleKey(id), { nodes, ...which }], (cursor) =>
    unwrapAs<Page<Enrollment>>(
      api.GET("/api/automations/{id}/enrollments", {
        params: { ...path(id), query: { node: nodes, ...which, ...(cursor && { cursor }) } },
      }),
    ),
  );
}

const ENOUGH_LETTERS = 3;
const MOST_NAMED = 5;

/** Contacts of that name who are in the automation now. */
export function usePeopleNamed(id: number, search: string) {
  return useQuery({
    queryKey: [...peopleKey(id), { search }],
    queryFn: async () => {
      const query = { search, state: "active" as const, limit: MOST_NAMED };
      const page = await unwrapAs<Page<Enrollment>>(
        api.GET("/api/automations/{id}/enrollments", { params: { ...path(id), query } }),
      );
      return page.items;
    },
    enabled: search.length >= ENOUGH_LETTERS,
    placeholderData: keepPreviousData,
  });
}

export function useRetry(id: number) {
  const client = useQueryClient();
  return useMutation({
    mutationFn: (eid: number) =>
      unwrap(api.POST("/api/automations/{id}/enrollments/{enrollment_id}/retry", { params: { path: { id, enrollment_id: eid } } })),
    onSuccess: async () => {
      await Promise.all([peopleKey(id), statsKey(id)].map((queryKey) => client.invalidateQueries({ queryKey })));
    },
  });
}
