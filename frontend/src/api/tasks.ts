import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";

import { api, unwrap } from "./client";

const myTasksKey = ["my-tasks"] as const;

/** What the signed-in user still has to do, the earliest due first. */
export function useMyTasks() {
  return useQuery({
    queryKey: myTasksKey,
    queryFn: () => unwrap(api.GET("/api/tasks", { params: { query: { mine: true, done: false } } })),
  });
}

export function useFinishTask() {
  const client = useQueryClient();
  return useMutation({
    mutationFn: ({ id, done }: { id: number; done: boolean }) =>
      unwrap(api.PATCH("/api/tasks/{id}", { params: { path: { id } }, body: { done } })),
    onSettled: () => client.invalidateQueries({ queryKey: myTasksKey }),
  });
}
