import { useNavigate } from "react-router";

import { useCreateAutomation } from "@/api/automations";
import type { NewAutomation } from "@/api/types";
import { tellOutcome } from "@/ui/feedback/tellOutcome";

/** Makes an automation and opens it in the editor; `pending` until that has opened, so that none is made twice. */
export function useCreate() {
  const navigate = useNavigate();
  const { mutateAsync, isPending, isSuccess } = useCreateAutomation();
  const create = (draft: NewAutomation) =>
    tellOutcome(mutateAsync(draft, { onSuccess: ({ id }) => void navigate(`/automations/${id}`) }));
  return { create, pending: isPending || isSuccess };
}
