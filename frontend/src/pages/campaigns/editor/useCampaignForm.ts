import { type UseFormReturnType, useForm } from "@mantine/form";
import { useDebouncedValue } from "@mantine/hooks";
import { useEffect, useRef, useState } from "react";

import {
  type Campaign,
  type CampaignSettings,
  type CampaignTrial,
  useLatestCampaign,
  useSaveCampaign,
} from "@/api/campaigns";
import { isProblem } from "@/api/problem";
import { toastProblem } from "@/ui/feedback/toast";
import { showProblem } from "@/ui/forms";

/** Fields lie flat, named as the server names what is wrong with them. */
export type CampaignForm = CampaignSettings & { name: string };
export type CampaignFormApi = UseFormReturnType<CampaignForm>;

/** What a second version begins with. */
export const newTrial: CampaignTrial = { template: null, subject: "", share: 20, by: "opens", hours: 4 };

const settle = 700;

const valuesOf = ({ name, settings }: Campaign): CampaignForm => ({ name, ...settings });
const same = (one: CampaignForm, other: CampaignForm) => JSON.stringify(one) === JSON.stringify(other);
const isOutdated = (error: unknown) => isProblem(error, 409) && error.faults.some(({ code }) => code === "outdated");

/**
 * The form of a draft; it saves itself a moment after each change, and when it is left.
 *
 * One write follows the other, each saying which revision it is about: what was taken back is never written last, and
 * nobody else is written over. `saveNow` answers with the revision the form shows, or null if it was not saved.
 */
export function useCampaignForm(campaign: Campaign) {
  const form = useForm<CampaignForm>({ initialValues: valuesOf(campaign) });
  const { mutateAsync } = useSaveCampaign(campaign.id);
  const latest = useLatestCampaign(campaign.id);
  const [state, setState] = useState<"saved" | "saving" | "failed">("saved");
  const [reloaded, setReloaded] = useState(false);
  const unsaved = useRef(false);
  const kept = useRef({ values: form.values, revision: campaign.revision });
  const tried = useRef(form.values);
  const chain = useRef<Promise<number | null>>(Promise.resolve(null));

  const tell = (now: typeof state) => {
    unsaved.current = now !== "saved";
    setState(now);
  };
  const reload = async () => {
    const there = await latest();
    kept.current = { values: valuesOf(there), revision: there.revision };
    form.setValues(kept.current.values);
    form.clearErrors();
    setReloaded(true);
  };
  const refused = (error: unknown) => {
    if (isOutdated(error)) return reload().catch(toastProblem);
    showFaults(form, error);
    return Promise.resolve();
  };
  const write = async (values: CampaignForm): Promise<boolean> => {
    const { name, ...settings } = values;
    try {
      const { revision } = await mutateAsync({ name, settings, revision: kept.current.revision });
      kept.current = { values, revision };
      return true;
    } catch (error) {
      await refused(error);
      // A name in use keeps nothing else from being saved.
      const rest = { ...values, name: kept.current.values.name };
      const onlyName = isProblem(error) && "name" in error.byField && rest.name !== name;
      if (onlyName && !same(rest, kept.current.values)) await write(rest);
      return false;
    }
  };
  const step = async () => {
    const values = form.getValues();
    tried.current = values;
    if (same(values, kept.current.values)) {
      tell("saved");
      return kept.current.revision;
    }
    tell("saving");
    const done = await write(values);
    tell(done || same(form.getValues(), kept.current.values) ? "saved" : "failed");
    return done ? kept.current.revision : null;
  };
  const saveNow = () => {
    chain.current = chain.current.then(step);
    return chain.current;
  };
  useSaving(form, saveNow, tried);
  const dismiss = () => setReloaded(false);
  return { form, state, unsaved, saveNow, refused, reloaded, dismiss } as const;
}

/** Saves a moment after each change, and at once what is left behind untried. */
function useSaving(form: CampaignFormApi, save: () => Promise<unknown>, tried: { readonly current: CampaignForm }) {
  const latest = useRef({ form, save });
  useEffect(() => {
    latest.current = { form, save };
  });
  const [settled] = useDebouncedValue(form.values, settle);
  useEffect(() => {
    if (!same(settled, tried.current)) void latest.current.save();
  }, [settled, tried]);
  useEffect(() => {
    const leave = () => {
      const now = latest.current;
      if (!same(now.form.getValues(), tried.current)) void now.save();
    };
    window.addEventListener("pagehide", leave);
    return () => {
      window.removeEventListener("pagehide", leave);
      leave();
    };
  }, [tried]);
}

/** Shows what is wrong at the fields; what a form calls "settings.x" is the field x here. */
function showFaults(form: CampaignFormApi, error: unknown): void {
  showProblem(form, error);
  if (!isProblem(error)) return;
  const flat = Object.entries(error.byField).map(([field, words]) => [field.replace(/^settings\./, ""), words]);
  form.setErrors(Object.fromEntries(flat));
}
