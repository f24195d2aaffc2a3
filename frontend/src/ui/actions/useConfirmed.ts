import { useTranslation } from "react-i18next";

import { tellOutcome } from "@/ui/feedback/tellOutcome";
import { toastDone } from "@/ui/feedback/toast";
import type { Outcome, Saving } from "@/ui/useSaving";

import { type Question, useConfirm } from "./useConfirm";

interface Doubt<Result> extends Pick<Question, "title" | "body">, Outcome<Result> {
  /** "Delete", unless told. */
  verb?: string;
}

/** A mutation that asks before, and says so if it fails: `remove(id, { title: "Delete …?", body: "…" })`. */
export function useConfirmed<Subject, Result>({ mutateAsync }: Saving<Subject, Result>) {
  const { t } = useTranslation();
  const confirm = useConfirm();
  return (subject: Subject, { verb = t("delete"), said, onDone, ...question }: Doubt<Result>) => {
    const told = () => {
      if (said) toastDone({ message: said });
    };
    confirm({
      ...question,
      verb,
      onConfirm: () => tellOutcome(mutateAsync(subject, { ...(onDone && { onSuccess: onDone }) }), told),
    });
  };
}
