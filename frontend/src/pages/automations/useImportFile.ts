import { useTranslation } from "react-i18next";
import { useNavigate } from "react-router";

import { useImportAutomation } from "@/api/automations";
import { Problem } from "@/api/problem";
import { tellOutcome } from "@/ui/feedback/tellOutcome";
import { toastProblem } from "@/ui/feedback/toast";

/**
 * Starts a draft from an exported file and opens it; a file that is no JSON is refused here already. `pending` until it
 * has opened. For what outlives the panel in which the file is chosen.
 */
export function useImportFile() {
  const { t } = useTranslation("automations");
  const navigate = useNavigate();
  const { mutateAsync, isPending, isSuccess } = useImportAutomation();
  const importFile = async (file: File): Promise<void> => {
    const text = await file.text();
    try {
      const document: unknown = JSON.parse(text);
      tellOutcome(mutateAsync(document, { onSuccess: ({ id }) => void navigate(`/automations/${id}`) }));
    } catch {
      toastProblem(new Problem(422, { detail: t("import.notJson") }));
    }
  };
  return { importFile, pending: isPending || isSuccess };
}

export type Importing = ReturnType<typeof useImportFile>;
