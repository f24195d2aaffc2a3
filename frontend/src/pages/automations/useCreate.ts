import { useNavigate } from "react-router";

import { useCreateAutomation } from "@/api/automations";
import type { NewAutomation } from "@/api/types";
import { tellOutcome } from "@/ui/feedback/tellOutcome";

/**
 * Makes an automation and opens it in the editor; `pending` until that has opened, so that none is made twice.
 * `making` is the template that it is made from meanwhile. For what outlives the panel in which one is asked for.
 */
export function useCreate() {
  const navigate = useNavigate();
  const { mutateAsync, isPending, isSuccess, variables } = useCreateAutomation();
  const create = (draft: NewAutomation) =>
    tellOutcome(mutateAsync(draft, { onSuccess: ({ id }) => void navigate(`/automations/${id}`) }));
  const pending = isPending || isSuccess;
  return { create, pending, making: pending ? variables?.template : undefined };
}

export type Creation = ReturnType<typeof useCreate>;
