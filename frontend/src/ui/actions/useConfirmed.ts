import { useTranslation } from "react-i18next";

import { toastProblem } from "@/ui/feedback/toast";

import { type Question, useConfirm } from "./useConfirm";

interface Outcome<Result> {
  onSuccess?: (result: Result) => void;
  onError: (error: unknown) => void;
}

interface Deed<Subject, Result> {
  mutate: (subject: Subject, outcome: Outcome<Result>) => void;
}

interface Doubt<Result> extends Pick<Question, "title" | "body"> {
  /** "Delete", unless told. */
  verb?: string;
  onDone?: (result: Result) => void;
}

/** A mutation that asks before, and says so if it fails: `remove(id, { title: "Delete …?", body: "…" })`. */
export function useConfirmed<Subject, Result>({ mutate }: Deed<Subject, Result>) {
  const { t } = useTranslation();
  const confirm = useConfirm();
  return (subject: Subject, { verb = t("delete"), onDone, ...question }: Doubt<Result>) =>
    confirm({
      ...question,
      verb,
      onConfirm: () => mutate(subject, { ...(onDone && { onSuccess: onDone }), onError: toastProblem }),
    });
}
