import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";

import { api, unwrap } from "./client";
import { vocabularyKey } from "./vocabulary";

const listsKey = ["lists"] as const;
const foldersKey = ["folders"] as const;

export function useLists() {
  return useQuery({ queryKey: listsKey, queryFn: () => unwrap(api.GET("/api/lists")) });
}

export function useFolders() {
  return useQuery({ queryKey: foldersKey, queryFn: () => unwrap(api.GET("/api/folders")) });
}

function useRefresh() {
  const client = useQueryClient();
  return () =>
    Promise.all([listsKey, foldersKey, vocabularyKey].map((queryKey) => client.invalidateQueries({ queryKey })));
}

export interface ListDraft {
  id?: number;
  name: string;
  folder_id: number | null;
}

/** Makes a list, or changes the one whose id is given. */
export function useSaveList() {
  return useMutation({
    mutationFn: ({ id, ...body }: ListDraft) =>
      unwrap(
        id === undefined
          ? api.POST("/api/lists", { body })
          : api.PATCH("/api/lists/{id}", { params: { path: { id } }, body }),
      ),
    onSuccess: useRefresh(),
  });
}

export function useDeleteList() {
  return useMutation({
    mutationFn: (id: number) => unwrap(api.DELETE("/api/lists/{id}", { params: { path: { id } } })),
    onSettled: useRefresh(),
  });
}

export function useCreateFolder() {
  return useMutation({
    mutationFn: (name: string) => unwrap(api.POST("/api/folders", { body: { name } })),
    onSuccess: useRefresh(),
  });
}
