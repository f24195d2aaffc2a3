import { useForm } from "@mantine/form";
import { type RefObject, useEffect, useRef, useState } from "react";
import { useTranslation } from "react-i18next";
import { useNavigate, useSearchParams } from "react-router";

import { type TemplateDraft, useSaveTemplate } from "@/api/mailing";
import { isProblem } from "@/api/problem";
import { toastDone } from "@/ui/feedback/toast";
import { showProblem } from "@/ui/forms";

interface TemplateFormOptions {
  id: number | null;
  draft: TemplateDraft;
  onMade: (id: number) => void;
  /** Called before saving: brings in what the open view has not told yet. */
  settle: RefObject<(() => Promise<void>) | null>;
}

/**
 * A template being edited; Ctrl+S saves it.
 * @returns `save`, which answers with the id, or with null when the server refused; what it refused stands at its field.
 */
export function useTemplateForm({ id, draft, onMade, settle }: TemplateFormOptions) {
  const { t } = useTranslation("mail");
  const goTo = useNewAddress();
  const form = useForm({ initialValues: draft });
  const { mutateAsync, isPending } = useSaveTemplate();
  const [kept, setKept] = useState(draft);
  const changed = JSON.stringify(kept) !== JSON.stringify(form.values);
  /** Read where a render would come too late. */
  const unsaved = useRef(false);
  useEffect(() => {
    unsaved.current = changed;
  }, [changed]);
  const save = async (): Promise<number | null> => {
    await settle.current?.();
    const values = form.getValues();
    if (id !== null && JSON.stringify(values) === JSON.stringify(kept)) return id;
    try {
      const saved = await mutateAsync({ id, ...values });
      form.clearErrors();
      setKept(values);
      unsaved.current = false;
      toastDone({ message: t("saved") });
      if (id === null) {
        onMade(saved.id);
        goTo(saved.id);
      }
      return saved.id;
    } catch (error) {
      // The only thing that may be taken already is the name.
      if (isProblem(error, 409)) form.setErrors({ name: error.general });
      else showProblem(form, error);
      return null;
    }
  };
  useSaveKey(save);
  return { form, changed, unsaved, saving: isPending, save };
}

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
