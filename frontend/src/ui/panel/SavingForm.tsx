import { Button } from "@mantine/core";
import type { UseFormReturnType } from "@mantine/form";
import type { ReactNode } from "react";
import { useTranslation } from "react-i18next";

import { toastDone } from "@/ui/feedback/toast";
import { showProblem } from "@/ui/forms";

import { PanelForm } from "./PanelForm";

interface Outcome<Result> {
  onSuccess: (result: Result) => void;
  onError: (error: unknown) => void;
}

interface SavingFormProps<Values, Draft, Result> {
  form: UseFormReturnType<Values>;
  save: { mutate: (draft: Draft, outcome: Outcome<Result>) => void; isPending: boolean };
  /** What is sent for the values on the form. */
  draft: (values: Values) => Draft;
  /** On the button; "Save", unless told. */
  verb?: string;
  /** Said once it is saved. */
  said?: string;
  onDone?: (result: Result) => void;
  children: ReactNode;
}

/** A form in a side panel that is saved by one button; a refusal is shown at its fields. */
export function SavingForm<Values, Draft, Result>(props: SavingFormProps<Values, Draft, Result>) {
  const { form, save, draft, verb, said, onDone, children } = props;
  const { t } = useTranslation();
  const submit = form.onSubmit((values) =>
    save.mutate(draft(values), {
      onSuccess: (result) => {
        if (said) toastDone({ message: said });
        onDone?.(result);
      },
      onError: (error) => showProblem(form, error),
    }),
  );
  const button = (
    <Button type="submit" loading={save.isPending}>
      {verb ?? t("save")}
    </Button>
  );
  return (
    <PanelForm onSubmit={submit} footer={button}>
      {children}
    </PanelForm>
  );
}
