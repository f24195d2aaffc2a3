import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";

import { api, unwrap } from "./client";
import { dealsKey } from "./deals";
import { useCursorPages } from "./pages";
import { sessionKey } from "./session";
import type { AuditEntry, MailServerChange, NewUser, Profile, SentMail, UserChange, WorkspaceChange } from "./types";
import { vocabularyKey } from "./vocabulary";

/** A mutation after which the named queries are read anew. */
function useChange<V, R>(mutationFn: (value: V) => Promise<R>, ...keys: (readonly unknown[])[]) {
  const client = useQueryClient();
  return useMutation({
    mutationFn,
    onSuccess: () => Promise.all(keys.map((queryKey) => client.invalidateQueries({ queryKey }))),
  });
}

const workspaceKey = ["workspace"] as const;
const mailKey = ["workspace", "mail"] as const;
const usersKey = ["users"] as const;
const apiKeysKey = ["api-keys"] as const;
const at = (id: number) => ({ params: { path: { id } } });

export const useUpdateProfile = () =>
  useChange(
    (body: Profile) => unwrap(api.PATCH("/api/session/user", { body })),
    sessionKey,
  );

export const useChangePassword = () =>
  useChange((body: { current: string; new: string }) => unwrap(api.POST("/api/session/password", { body })));

export const useWorkspace = () =>
  useQuery({ queryKey: workspaceKey, queryFn: () => unwrap(api.GET("/api/workspace")) });

export const useUpdateWorkspace = () =>
  useChange(
    (body: WorkspaceChange) => unwrap(api.PATCH("/api/workspace", { body })),
    workspaceKey,
    sessionKey,
    dealsKey, // their amounts are in its currency
  );

export const useMailServer = () =>
  useQuery({ queryKey: mailKey, queryFn: () => unwrap(api.GET("/api/workspace/mail")) });

export const useSaveMailServer = () =>
  useChange((body: MailServerChange) => unwrap(api.PUT("/api/workspace/mail", { body })), mailKey);

export const useTestMail = () =>
  useChange((to: string) => unwrap(api.POST("/api/workspace/mail/test", { body: { to } })), ["sent-mail"]);

export const useSentMail = () =>
  useCursorPages<SentMail>(["sent-mail"], (cursor) =>
    unwrap(api.GET("/api/sent-mail", { params: { query: { ...(cursor && { cursor }) } } })),
  );

export const useUsers = () =>
  useQuery({ queryKey: usersKey, queryFn: () => unwrap(api.GET("/api/users")) });

export const useAddUser = () =>
  useChange((body: NewUser) => unwrap(api.POST("/api/users", { body })), usersKey, vocabularyKey);

export const useUpdateUser = () =>
  useChange(
    ({ id, ...body }: UserChange & { id: number }) => unwrap(api.PATCH("/api/users/{id}", { ...at(id), body })),
    usersKey,
    vocabularyKey,
  );

export const useDeactivateUser = () =>
  useChange((id: number) => unwrap(api.DELETE("/api/users/{id}", at(id))), usersKey, vocabularyKey);

export const useApiKeys = () =>
  useQuery({ queryKey: apiKeysKey, queryFn: () => unwrap(api.GET("/api/api-keys")) });

/** The answer is the only place where the whole key ever stands. */
export const useCreateApiKey = () =>
  useChange((name: string) => unwrap(api.POST("/api/api-keys", { body: { name } })), apiKeysKey);

export const useDeleteApiKey = () =>
  useChange((id: number) => unwrap(api.DELETE("/api/api-keys/{id}", at(id))), apiKeysKey);

export const useAudit = () =>
  useCursorPages<AuditEntry>(["audit"], (cursor) =>
    unwrap(api.GET("/api/audit", { params: { query: { ...(cursor && { cursor }) } } })),
  );
