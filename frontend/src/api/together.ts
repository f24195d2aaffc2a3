/** Who else has an automation open, and what people say about it. */

import { keepPreviousData, useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { useEffect, useMemo } from "react";

import { api, unwrap } from "./client";
import { useUser } from "./session";
import type { Thread, Visitor } from "./types";
import { useStream } from "./useStream";

const SIGN_EVERY_MS = 10_000;
/** Names this tab; whoever opens two has two. */
const TAB = Math.random().toString(36).slice(2);
let signs = 0;
/** What names a sign of this tab: of two that overtake each other on their way, the greater number was sent later. */
const nextSign = () => ({ tab: TAB, sign: ++signs });
const path = (id: number) => ({ path: { id } });
const presenceKey = (id: number) => ["presence", id] as const;
const commentsKey = (id: number) => ["comments", id] as const;

export interface Together {
  /** Other people, who came to their step first before the others; one's own tabs are not among them. */
  readonly others: readonly Visitor[];
  /** Who has the step's settings open, and had before this tab; null: nobody else. */
  readonly holderOf: (node: string) => Visitor | null;
}

/** Says that this tab is at the automation, and at which step, and hears who else is. */
export function usePresence(id: number, node: string | null): Together {
  const client = useQueryClient();
  const me = useUser().id;
  useStream("presence", (event) => {
    if (event.automation_id === id) void client.invalidateQueries({ queryKey: presenceKey(id) });
  });
  useEffect(() => {
    const leave = () =>
      // Without a network the others see it a little later, by what no longer comes from here.
      void api
        .DELETE("/api/automations/{id}/presence", { params: { ...path(id), query: nextSign() }, keepalive: true })
        .catch(() => undefined);
    window.addEventListener("pagehide", leave);
    return () => {
      window.removeEventListener("pagehide", leave);
      leave();
    };
  }, [id]);
  const { data } = useQuery({
    queryKey: [...presenceKey(id), node],
    queryFn: () => unwrap(api.PUT("/api/automations/{id}/presence", { params: path(id), body: { ...nextSign(), node } })),
    refetchInterval: SIGN_EVERY_MS,
    staleTime: 0,
    gcTime: 0,
    placeholderData: keepPreviousData,
  });
  return useMemo(() => {
    const there = data?.items ?? [];
    return {
      others: there.filter(({ user }) => user.id !== me),
      holderOf: (step: string) => {
        const first = there.find((each) => each.node === step);
        return first && first.tab !== TAB ? first : null;
      },
    };
  }, [data, me]);
}

/** The threads about an automation, open ones first. */
export function useComments(id: number) {
  const client = useQueryClient();
  useStream("comments", (event) => {
    if (event.automation_id === id) void client.invalidateQueries({ queryKey: commentsKey(id) });
  });
  return useQuery({
    queryKey: commentsKey(id),
    queryFn: async () => {
      const { items } = await unwrap(api.GET("/api/automations/{id}/comments", { params: path(id) }));
      return items;
    },
  });
}

export interface NewComment {
  text: string;
  mentions: number[];
  node?: string;
  x?: number;
  y?: number;
  reply_to?: number;
}

const NOWHERE = { node: null, x: null, y: null, reply_to: null };

export function useAddComment(id: number) {
  const renew = useRenew(id);
  return useMutation({
    mutationFn: (body: NewComment): Promise<Thread> =>
      unwrap(api.POST("/api/automations/{id}/comments", { params: path(id), body: { ...NOWHERE, ...body } })),
    onSuccess: renew,
  });
}

type Place = Pick<Thread, "x" | "y">;

export interface CommentChange {
  id: number;
  text?: string;
  resolved?: boolean;
  x?: number;
  y?: number;
}

/** A note that is moved lies at its new place at once, and where it lay if the server will not have it. */
export function useChangeComment(automation: number) {
  const client = useQueryClient();
  const renew = useRenew(automation);
  const lay = (id: number, place: Partial<Place>) =>
    client.setQueryData<Thread[]>(commentsKey(automation), (threads) =>
      threads?.map((thread) => (thread.id === id ? { ...thread, ...place } : thread)),
    );
  return useMutation({
    mutationFn: ({ id, ...body }: CommentChange) => unwrap(api.PATCH("/api/comments/{id}", { params: path(id), body })),
    onMutate: async ({ id, x, y }): Promise<Place | undefined> => {
      if (x === undefined || y === undefined) return undefined;
      await client.cancelQueries({ queryKey: commentsKey(automation) }); // it would bring the old place
      const lain = client.getQueryData<Thread[]>(commentsKey(automation))?.find((thread) => thread.id === id);
      lay(id, { x, y });
      return lain && { x: lain.x, y: lain.y };
    },
    onError: (_error, { id }, lain) => lain && lay(id, lain),
    onSettled: renew, // after a refusal too: what was cancelled may have been about to bring other comments
  });
}

export function useDeleteComment(automation: number) {
  const renew = useRenew(automation);
  return useMutation({
    mutationFn: (id: number) => unwrap(api.DELETE("/api/comments/{id}", { params: path(id) })),
    onSuccess: renew,
  });
}

function useRenew(automation: number): () => Promise<void> {
  const client = useQueryClient();
  return () => client.invalidateQueries({ queryKey: commentsKey(automation) });
}
