import { useNavigate } from "react-router";

import { type NewAutomation, useCreateAutomation } from "@/api/automations";
import { toastProblem } from "@/ui/feedback/toast";

/** Makes an automation and opens it in the editor. */
export function useCreate() {
  const navigate = useNavigate();
  const { mutate, isPending } = useCreateAutomation();
  const create = (draft: NewAutomation) =>
    mutate(draft, { onSuccess: ({ id }) => void navigate(`/automations/${id}`), onError: toastProblem });
  return { create, pending: isPending };
}
