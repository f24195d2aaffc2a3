import { keepPreviousData, useMutation, useQuery, useQueryClient } from "@tanstack/react-query";

import { api, unwrap } from "./client";
import { useCursorPages } from "./pages";
import type { Condition, Contact, ContactDraft } from "./types";

export const contactsKey = ["contacts"] as const;
export const contactKey = (id: number) => ["contact", id] as const;

export interface ContactFilter {
  search: string;
  segment: number | null;
  condition: Condition | null;
  sort: string;
}

/** The filter as query parameters, left out where it says nothing. */
export function contactQuery({ search, segment, condition, sort }: ContactFilter) {
  return {
    ...(search && { search }),
    ...(segment !== null && { segment }),
    ...(condition && { condition: JSON.stringify(condition) }),
    ...(sort && { sort }),
  };
}

/** Where the contacts that a filter holds for are downloaded from. */
export function exportUrl({ search, segment, condition }: ContactFilter): string {
  const query = Object.entries(contactQuery({ search, segment, condition, sort: "" }));
  const params = new URLSearchParams(query.map(([name, value]) => [name, String(value)]));
  return `/api/contacts/export?${params}`;
}

export function useContacts(filter: ContactFilter) {
  return useCursorPages<Contact>([...contactsKey, filter], (cursor) =>
    unwrap(api.GET("/api/contacts", { params: { query: { ...contactQuery(filter), ...(cursor && { cursor }) } } })),
  );
}

/** A few contacts for a picker. */
export function useContactSearch(search: string, enabled = true) {
  return useQuery({
    queryKey: [...contactsKey, "search", search],
    queryFn: () =>
      unwrap(api.GET("/api/contacts", { params: { query: { ...(search && { search }), limit: 8 } } })),
    placeholderData: keepPreviousData,
    enabled,
  });
}

export function useContact(id: number) {
  return useQuery({
    queryKey: contactKey(id),
    queryFn: () => unwrap(api.GET("/api/contacts/{id}", { params: { path: { id } } })),
    enabled: Number.isInteger(id),
  });
}

export function useCreateContact() {
  const client = useQueryClient();
  return useMutation({
    mutationFn: (body: ContactDraft) => unwrap(api.POST("/api/contacts", { body })),
    onSuccess: () => client.invalidateQueries({ queryKey: contactsKey }),
  });
}

/** Changes some fields of one contact; shown at once, taken back if the server refuses. */
export function useUpdateContact(id: number) {
  const client = useQueryClient();
  const key = contactKey(id);
  return useMutation({
    mutationFn: (body: ContactDraft) =>
      unwrap(api.PATCH("/api/contacts/{id}", { params: { path: { id } }, body })),
    onSuccess: (contact) => client.setQueryData(key, contact),
    onSettled: () =>
      Promise.all([
        client.invalidateQueries({ queryKey: contactsKey }),
        client.invalidateQueries({ queryKey: [...key, "timeline"] }),
      ]),
  });
}

export function useDeleteContact() {
  const client = useQueryClient();
  return useMutation({
    mutationFn: (id: number) => unwrap(api.DELETE("/api/contacts/{id}", { params: { path: { id } } })),
    onSuccess: () => client.invalidateQueries({ queryKey: contactsKey }),
  });
}

/** How many contacts a condition holds for, without listing them. */
export function useContactCount(condition: Condition, enabled = true) {
  return useQuery({
    queryKey: [...contactsKey, "count", condition],
    queryFn: () => unwrap(api.POST("/api/contacts/count", { body: { condition } })),
    placeholderData: keepPreviousData,
    enabled,
  });
}

export type Membership = { lists: number } | { tags: string };

/** Puts contacts on a list or gives them a tag (or takes both away), one request each, a few at a time. */
export function useMembership() {
  const client = useQueryClient();
  return useMutation({
    mutationFn: async (change: { contacts: number[]; to: Membership; present: boolean }) => {
      const queue = [...change.contacts];
      const worker = async () => {
        for (let id = queue.shift(); id !== undefined; id = queue.shift()) await setMembership(id, change.to, change.present);
      };
      await Promise.all(Array.from({ length: 6 }, worker));
    },
    onSettled: (_data, _error, { contacts }) =>
      Promise.all([
        client.invalidateQueries({ queryKey: contactsKey }),
        ...contacts.map((id) => client.invalidateQueries({ queryKey: contactKey(id) })),
      ]),
  });
}

function setMembership(id: number, to: Membership, present: boolean): Promise<unknown> {
  if ("lists" in to) {
    const call = { params: { path: { id, list_id: to.lists } } };
    const path = "/api/contacts/{id}/lists/{list_id}";
    return unwrap(present ? api.PUT(path, call) : api.DELETE(path, call));
  }
  const call = { params: { path: { id, tag: to.tags } } };
  const path = "/api/contacts/{id}/tags/{tag}";
  return unwrap(present ? api.PUT(path, call) : api.DELETE(path, call));
}
