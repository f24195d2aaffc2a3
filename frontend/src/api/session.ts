import { queryOptions, useMutation, useQuery, useQueryClient } from "@tanstack/react-query";

import type { Language } from "@/i18n/languages";

import { api, setCsrfToken, unwrap } from "./client";
import type { Permission, Session, SessionUser } from "./types";

export const sessionKey = ["session"] as const;

async function fetchSession(): Promise<Session> {
  const session = await unwrap(api.GET("/api/session"));
  setCsrfToken(session.csrf_token);
  return session;
}

export const sessionQuery = queryOptions({
  queryKey: sessionKey,
  queryFn: fetchSession,
  staleTime: Infinity,
});

export function useSession() {
  return useQuery(sessionQuery);
}

/** The signed-in user. Only for what stands behind the sign-in guard. */
export function useUser(): SessionUser {
  const { data } = useSession();
  if (!data?.user) throw new Error("useUser needs a signed-in user");
  return data.user;
}

/** Says whether the signed-in user may do something. */
export function useCan(): (permission: Permission) => boolean {
  const { data } = useSession();
  const granted = new Set(data?.user?.permissions ?? []);
  return (permission) => granted.has(permission);
}

export function useSignIn() {
  const client = useQueryClient();
  return useMutation({
    mutationFn: async (body: { email: string; password: string; locale?: Language }) => {
      await client.ensureQueryData(sessionQuery); // on a slow line somebody is faster than the token
      return unwrap(api.POST("/api/session", { body }));
    },
    onSuccess: (session) => {
      setCsrfToken(session.csrf_token);
      client.setQueryData(sessionKey, session);
    },
  });
}

export function useSignOut() {
  const client = useQueryClient();
  return useMutation({
    mutationFn: async () => unwrap(api.DELETE("/api/session")),
    onSuccess: async () => {
      client.removeQueries({ predicate: (query) => query.queryKey[0] !== sessionKey[0] });
      await client.refetchQueries({ queryKey: sessionKey });
    },
  });
}
