import { useForm } from "@mantine/form";
import { type RefObject, useEffect, useRef, useState } from "react";
import { useTranslation } from "react-i18next";
import { useNavigate, useSearchParams } from "react-router";

import { type TemplateDraft, useSaveTemplate } from "@/api/mailing";
import { isProblem } from "@/api/problem";
import { toastDone, toastProblem } from "@/ui/feedback/toast";
import { showProblem } from "@/ui/forms";
import { useFormat } from "@/ui/format";

interface TemplateFormOptions {
  id: number | null;
  draft: TemplateDraft;
  /** At which it was loaded; null for one that was never kept. */
  revision: number | null;
  onMade: (id: number) => void;
  /** Called before saving: brings in what the open view has not told yet. */
  settle: RefObject<(() => Promise<void>) | null>;
}

/**
 * A template being edited; Ctrl+S saves it.
 * @returns `save`, which answers with the id, or with null when the server refused; what it refused stands at its field.
 * `clash`: somebody else saved it meanwhile, and nothing was written; `overwrite` and `saveCopy` are ways out of that.
 */
export function useTemplateForm({ id, draft, revision: loaded, onMade, settle }: TemplateFormOptions) {
  const { t } = useTranslation("mail");
  const goTo = useNewAddress();
  const format = useFormat();
  const form = useForm({ initialValues: draft });
  const { mutateAsync, isPending } = useSaveTemplate();
  const [kept, setKept] = useState(draft);
  const [clash, setClash] = useState(false);
  const revision = useRef(loaded);
  const changed = JSON.stringify(kept) !== JSON.stringify(form.values);
  /** Read where a render would come too late. */
  const unsaved = useRef(false);
  useEffect(() => {
    unsaved.current = changed;
  }, [changed]);
  const write = async (values: TemplateDraft, over: number | null): Promise<number | null> => {
    try {
      const saved = await mutateAsync({ id, revision: over, ...values });
      revision.current = saved.revision;
      form.clearErrors();
      setClash(false);
      setKept(values);
      unsaved.current = false;
      toastDone({ message: t("saved") });
      if (id === null) {
        onMade(saved.id);
        goTo(saved.id);
      }
      return saved.id;
    } catch (error) {
      if (isOutdated(error)) setClash(true);
      // The only thing that may be taken already is the name.
      else if (isProblem(error, 409)) form.setErrors({ name: error.general });
      else showProblem(form, error);
      return null;
    }
  };
  const save = async (): Promise<number | null> => {
    await settle.current?.();
    const values = form.getValues();
    return id !== null && JSON.stringify(values) === JSON.stringify(kept) ? id : await write(values, revision.current);
  };
  const overwrite = () => write(form.getValues(), null);
  const saveCopy = async () => {
    const values = form.getValues();
    try {
      const name = t("clash.copyName", { name: values.name.slice(0, 150), at: format.dateTime(new Date().toISOString()) });
      const saved = await mutateAsync({ id: null, revision: null, ...values, name });
      unsaved.current = false;
      setClash(false);
      goTo(saved.id);
    } catch (error) {
      toastProblem(error);
    }
  };
  useSaveKey(save);
  const other = { clash, forget: () => setClash(false), overwrite, saveCopy };
  return { form, changed, unsaved, saving: isPending, save, other };
}

const isOutdated = (error: unknown) => isProblem(error, 409) && error.faults.some(({ code }) => code === "outdated");

/** Gives a template that was kept for the first time its address, with the view that is open. */
function useNewAddress(): (id: number) => void {
  const navigate = useNavigate();
  const view = useSearchParams()[0].get("view");
  return (id) => void navigate({ pathname: `/templates/${id}`, search: view ? `view=${view}` : "" }, { replace: true });
}

function useSaveKey(save: () => Promise<unknown>): void {
  const latest = useRef(save);
  useEffect(() => {
    latest.current = save;
  });
  useEffect(() => {
    const onKey = (event: KeyboardEvent) => {
      if (!(event.ctrlKey || event.metaKey) || event.key.toLowerCase() !== "s") return;
      event.preventDefault();
      void latest.current();
    };
    window.addEventListener("keydown", onKey);
    return () => window.removeEventListener("keydown", onKey);
  }, []);
}
