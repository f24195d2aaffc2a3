import { useTranslation } from "react-i18next";

import { type AutomationVerb, useAutomationVerb, useDeleteAutomation } from "@/api/automations";
import type { AutomationSummary } from "@/api/types";
import { useConfirm } from "@/ui/actions/useConfirm";
import { tellOutcome } from "@/ui/feedback/tellOutcome";
import { toastDone } from "@/ui/feedback/toast";

import { endsRuns, undoOf } from "./undoing";

/** The verbs of one automation, each telling that it worked, and offering to take it back where that is possible. */
export function useVerbs(automation: AutomationSummary) {
  const { id, name, inside } = automation;
  const { t } = useTranslation(["automations", "common"]);
  const verb = useAutomationVerb();
  const remove = useDeleteAutomation();
  const confirm = useConfirm();
  const run = (what: AutomationVerb) => () => {
    const back = undoOf(what, automation);
    tellOutcome(verb.mutateAsync({ id, verb: what }), () =>
      toastDone({
        message: t(`done.${what}`, { name }),
        ...(back && { undo: () => tellOutcome(verb.mutateAsync({ id, verb: back })) }),
      }),
    );
  };
  const archiveNow = run("archive");
  return {
    duplicate: run("duplicate"),
    restore: run("restore"),
    archive: () =>
      endsRuns(automation)
        ? confirm({
            title: t("archive.title", { name }),
            body: t("archive.body", { count: inside }),
            verb: t("menu.archive"),
            onConfirm: archiveNow,
          })
        : archiveNow(),
    remove: () =>
      confirm({
        title: t("delete.title", { name }),
        body: t("delete.body"),
        verb: t("common:delete"),
        onConfirm: () =>
          tellOutcome(remove.mutateAsync(id), () => toastDone({ message: t("done.delete", { name }) })),
      }),
  };
}
