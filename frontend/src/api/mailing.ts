import { keepPreviousData, useMutation, useQuery, useQueryClient } from "@tanstack/react-query";

import { api, unwrap } from "./client";
import { contactKey } from "./contacts";
import { useCursorPages } from "./pages";
import type { components } from "./schema";
import { vocabularyKey } from "./vocabulary";

type Schemas = components["schemas"];

export type MailTemplate = Schemas["MailTemplate"];
export type MailTemplateLine = Schemas["MailTemplateLine"];
export type MailFormat = MailTemplate["format"];
export type MailMessage = Schemas["MailMessage"];
export type MailHit = Schemas["MailHit"];
export type MailWarning = Schemas["MailWarning"];
export type Sender = Schemas["Sender"];
export type Suppression = Schemas["Suppression"];
export type MailRate = Schemas["MailRate"];
export type ReturnServer = Schemas["ReturnServer"];
export type ReturnServerDraft = Schemas["ReturnServerChange"];
/** A template as its form holds it: every field said. */
export type TemplateDraft = Required<Schemas["NewMailTemplate"]>;
/** A mail to look at, and the contact who would get it. */
export type ToPreview = Omit<TemplateDraft, "name"> & { contact_id: number | null };

const templatesKey = ["mail-templates"] as const;
const templateKey = (id: number) => [...templatesKey, id] as const;
const sendersKey = ["senders"] as const;
const ratesKey = ["mail-rates"] as const;
const returnsKey = ["mail-returns"] as const;
const suppressionsKey = ["suppressions"] as const;
const at = (id: number) => ({ params: { path: { id } } });

export const useMailTemplates = () =>
  useQuery({ queryKey: templatesKey, queryFn: () => unwrap(api.GET("/api/mail-templates")) });

export const useMailTemplate = (id: number, enabled = true) =>
  useQuery({
    queryKey: templateKey(id),
    queryFn: () => unwrap(api.GET("/api/mail-templates/{id}", at(id))),
    enabled,
  });

/** After a change of templates or senders, the pickers offer something else, too. */
function useRefresh(...keys: (readonly unknown[])[]) {
  const client = useQueryClient();
  return () => Promise.all([...keys, vocabularyKey].map((queryKey) => client.invalidateQueries({ queryKey })));
}

/** Makes a template, or writes the one whose id is given anew, if it is still at that revision; null: at any. */
export const useSaveTemplate = () =>
  useMutation({
    mutationFn: ({ id, revision, ...body }: TemplateDraft & { id: number | null; revision: number | null }) =>
      unwrap(
        id === null
          ? api.POST("/api/mail-templates", { body })
          : api.PUT("/api/mail-templates/{id}", { ...at(id), body: { ...body, revision } }),
      ),
    onSuccess: useRefresh(templatesKey),
  });

export const useCopyTemplate = () =>
  useMutation({
    mutationFn: (id: number) => unwrap(api.POST("/api/mail-templates/{id}/copy", at(id))),
    onSuccess: useRefresh(templatesKey),
  });

export const useDeleteTemplate = () =>
  useMutation({
    mutationFn: (id: number) => unwrap(api.DELETE("/api/mail-templates/{id}", at(id))),
    onSuccess: useRefresh(templatesKey),
  });

/** A mail as a contact would get it. The last one stays in sight while the next is made. */
export const usePreview = (mail: ToPreview) =>
  useQuery({
    queryKey: ["mail-preview", mail],
    queryFn: () => unwrap(api.POST("/api/mail-templates/preview", { body: mail })),
    placeholderData: keepPreviousData,
    staleTime: 60_000,
    retry: false,
  });

export const useSendTest = () =>
  useMutation({
    mutationFn: ({ id, ...body }: { id: number; to: string; contact_id: number | null }) =>
      unwrap(api.POST("/api/mail-templates/{id}/test", { ...at(id), body })),
  });

export const useSenders = () =>
  useQuery({ queryKey: sendersKey, queryFn: () => unwrap(api.GET("/api/senders")) });

/** Adds a sender, or changes the one whose id is given. */
export const useSaveSender = () =>
  useMutation({
    mutationFn: ({ id, ...body }: { id: number | null; name: string; email: string }) =>
      unwrap(id === null ? api.POST("/api/senders", { body }) : api.PUT("/api/senders/{id}", { ...at(id), body })),
    onSuccess: useRefresh(sendersKey),
  });

export const useDeleteSender = () =>
  useMutation({
    mutationFn: (id: number) => unwrap(api.DELETE("/api/senders/{id}", at(id))),
    onSuccess: useRefresh(sendersKey),
  });

export const useSuppressions = (search: string) =>
  useCursorPages<Suppression>([...suppressionsKey, search], (cursor) =>
    unwrap(
      api.GET("/api/suppressions", { params: { query: { ...(search && { search }), ...(cursor && { cursor }) } } }),
    ),
  );

export const useSuppress = () =>
  useMutation({
    mutationFn: (address: string) => unwrap(api.POST("/api/suppressions", { body: { address } })),
    onSuccess: useRefresh(suppressionsKey),
  });

export const useLift = () =>
  useMutation({
    mutationFn: (id: number) => unwrap(api.DELETE("/api/suppressions/{id}", at(id))),
    onSuccess: useRefresh(suppressionsKey),
  });

/** How fast mail leaves, by sender and by domain. */
export const useMailRates = () =>
  useQuery({ queryKey: ratesKey, queryFn: () => unwrap(api.GET("/api/workspace/mail-rates")) });

export const useSaveMailRates = () =>
  useMutation({
    mutationFn: (body: Schemas["MailRates"]) => unwrap(api.PUT("/api/workspace/mail-rates", { body })),
    onSuccess: useRefresh(ratesKey),
  });

/** Where mail that comes back is taken from. */
export const useReturns = () =>
  useQuery({ queryKey: returnsKey, queryFn: () => unwrap(api.GET("/api/workspace/mail-returns")) });

export const useSaveReturns = () =>
  useMutation({
    mutationFn: (body: ReturnServerDraft) => unwrap(api.PUT("/api/workspace/mail-returns", { body })),
    onSuccess: useRefresh(returnsKey),
  });

/** What a contact got by mail, and what was done with it. */
export const useContactMessages = (id: number) =>
  useCursorPages<MailMessage>([...contactKey(id), "messages"], (cursor) =>
    unwrap(
      api.GET("/api/contacts/{id}/messages", { params: { path: { id }, query: { ...(cursor && { cursor }) } } }),
    ),
  );
