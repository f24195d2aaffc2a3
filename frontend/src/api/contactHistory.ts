import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";

import type { Language } from "@/i18n/languages";

import { api, unwrap } from "./client";
import { contactKey } from "./contacts";
import { useCursorPages } from "./pages";
import type { ContactEnrollment, NewTask, TimelineItem } from "./types";

const at = (id: number) => ({ params: { path: { id } } });

export function useTimeline(id: number, lang: Language) {
  return useCursorPages<TimelineItem>([...contactKey(id), "timeline", lang], (cursor) =>
    unwrap(
      api.GET("/api/contacts/{id}/timeline", { params: { path: { id }, query: { lang, ...(cursor && { cursor }) } } }),
    ),
  );
}

/** Each run of this contact through an automation, with the path and the reasons in words. */
export function useContactEnrollments(id: number, lang: Language) {
  return useCursorPages<ContactEnrollment>([...contactKey(id), "enrollments", lang], (cursor) =>
    unwrap(
      api.GET("/api/contacts/{id}/enrollments", {
        params: { path: { id }, query: { lang, ...(cursor && { cursor }) } },
      }),
    ),
  );
}

/** One of them; null: none is asked for. */
export function useContactEnrollment(id: number | null, enrollment_id: number | null, lang: Language) {
  return useQuery({
    queryKey: [...contactKey(id ?? 0), "enrollments", lang, enrollment_id],
    queryFn: () =>
      unwrap(
        api.GET("/api/contacts/{id}/enrollments/{enrollment_id}", {
          params: { path: { id: id ?? 0, enrollment_id: enrollment_id ?? 0 }, query: { lang } },
        }),
      ),
    enabled: id !== null && enrollment_id !== null,
  });
}

/** Why automations did not take this contact in. */
export function useRefusals(id: number, lang: Language) {
  return useQuery({
    queryKey: [...contactKey(id), "refusals", lang],
    queryFn: () =>
      unwrap(api.GET("/api/contacts/{id}/refusals", { params: { path: { id }, query: { lang } } })),
  });
}

export function useContactNotes(id: number) {
  return useQuery({
    queryKey: [...contactKey(id), "notes"],
    queryFn: () => unwrap(api.GET("/api/contacts/{id}/notes", at(id))),
  });
}

export function useContactTasks(id: number) {
  return useQuery({
    queryKey: [...contactKey(id), "tasks"],
    queryFn: () => unwrap(api.GET("/api/contacts/{id}/tasks", at(id))),
  });
}

/** After anything was added to a contact, its page is read anew. */
function useRefresh(id: number) {
  const client = useQueryClient();
  return () => client.invalidateQueries({ queryKey: contactKey(id) });
}

export function useAddNote(id: number) {
  return useMutation({
    mutationFn: (text: string) => unwrap(api.POST("/api/contacts/{id}/notes", { ...at(id), body: { text } })),
    onSuccess: useRefresh(id),
  });
}

export function useAddTask(id: number) {
  return useMutation({
    mutationFn: (body: NewTask) => unwrap(api.POST("/api/contacts/{id}/tasks", { ...at(id), body })),
    onSuccess: useRefresh(id),
  });
}

export function useUpdateTask(contactId: number) {
  return useMutation({
    mutationFn: ({ id, ...body }: { id: number; done: boolean }) =>
      unwrap(api.PATCH("/api/tasks/{id}", { ...at(id), body })),
    onSuccess: useRefresh(contactId),
  });
}
