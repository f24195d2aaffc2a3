import { useNavigate } from "react-router";

import { useCreateAutomation } from "@/api/automations";
import type { NewAutomation } from "@/api/types";
import { toastProblem } from "@/ui/feedback/toast";

/** Makes an automation and opens it in the editor; `pending` until that has opened, so that none is made twice. */
export function useCreate() {
  const navigate = useNavigate();
  const { mutate, isPending, isSuccess } = useCreateAutomation();
  const create = (draft: NewAutomation) =>
    mutate(draft, { onSuccess: ({ id }) => void navigate(`/automations/${id}`), onError: toastProblem });
  return { create, pending: isPending || isSuccess };
}
