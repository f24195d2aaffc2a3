import type { ReactNode } from "react";

import { isProblem } from "@/api/problem";

import { toastProblem } from "./feedback/toast";

export interface FormErrors {
  setErrors: (errors: Record<string, ReactNode>) => void;
}

/** Shows a refusal where it belongs: at the fields it names, and as a toast for what names none. */
export function showProblem(form: FormErrors, error: unknown): void {
  const byField = isProblem(error) ? error.byField : {};
  form.setErrors(byField);
  const allNamed = isProblem(error) && error.faults.length > 0 && error.faults.every(({ field }) => field);
  if (!allNamed) toastProblem(error);
}
