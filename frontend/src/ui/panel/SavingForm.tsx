import { Button } from "@mantine/core";
import type { UseFormReturnType } from "@mantine/form";
import type { ReactNode } from "react";
import { useTranslation } from "react-i18next";

import { type Outcome, type Saving, useSaving } from "@/ui/useSaving";

import { PanelForm } from "./PanelForm";

interface SavingFormProps<Values, Draft, Result> extends Outcome<Result> {
  form: UseFormReturnType<Values>;
  save: Saving<Draft, Result> & { isPending: boolean };
  /** What is sent for the values on the form. */
  draft: (values: Values) => Draft;
  /** On the button; "Save", unless told. */
  verb?: string;
  children: ReactNode;
}

/** A form in a side panel that is saved by one button; see `useSaving`. */
export function SavingForm<Values, Draft, Result>(props: SavingFormProps<Values, Draft, Result>) {
  const { form, save, draft, verb, said, onDone, children } = props;
  const { t } = useTranslation();
  const send = useSaving(form);
  const submit = form.onSubmit((values) => send(save, draft(values), { said, onDone }));
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
