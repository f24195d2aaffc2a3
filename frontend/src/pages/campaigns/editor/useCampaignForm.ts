import { type UseFormReturnType, useForm } from "@mantine/form";
import { useDebouncedValue } from "@mantine/hooks";
import { useEffect, useRef } from "react";

import { type Campaign, type CampaignSettings, type CampaignTrial, useSaveCampaign } from "@/api/campaigns";
import { isProblem } from "@/api/problem";
import { showProblem } from "@/ui/forms";

/** Fields lie flat, named as the server names what is wrong with them. */
export type CampaignForm = CampaignSettings & { name: string };
export type CampaignFormApi = UseFormReturnType<CampaignForm>;

/** What a second version begins with. */
export const newTrial: CampaignTrial = { template: null, subject: "", share: 20, by: "opens", hours: 4 };

const settle = 700;

/** The form of a draft; it saves itself a moment after each change. */
export function useCampaignForm({ id, name, settings }: Campaign) {
  const form = useForm<CampaignForm>({ initialValues: { name, ...settings } });
  const { mutateAsync, isPending, isError } = useSaveCampaign();
  const saved = useRef(JSON.stringify(form.values));
  const write = async (values: CampaignForm) => {
    const told = JSON.stringify(values);
    if (told === saved.current) return true;
    const { name: called, ...rest } = values;
    try {
      await mutateAsync({ id, name: called, settings: rest });
      saved.current = told;
      return true;
    } catch (error) {
      showFaults(form, error);
      return false;
    }
  };
  const latest = useRef(write);
  useEffect(() => {
    latest.current = write;
  });
  const [settled] = useDebouncedValue(form.values, settle);
  useEffect(() => {
    void latest.current(settled);
  }, [settled]);
  const state = isPending ? "saving" : isError ? "failed" : "saved";
  return { form, state, saveNow: () => write(form.getValues()) } as const;
}

/** Shows what is wrong at the fields; what a form calls "settings.x" is the field x here. */
export function showFaults(form: CampaignFormApi, error: unknown): void {
  showProblem(form, error);
  if (!isProblem(error)) return;
  const flat = Object.entries(error.byField).map(([field, words]) => [field.replace(/^settings\./, ""), words]);
  form.setErrors(Object.fromEntries(flat));
}
