import { createContext, useContext } from "react";

import type { FormScope } from "./types";

const Scope = createContext<FormScope | null>(null);
export const FormScopeProvider = Scope.Provider;

export function useFormScope(): FormScope {
  const scope = useContext(Scope);
  if (!scope) throw new Error("used outside of a StepForm");
  return scope;
}
