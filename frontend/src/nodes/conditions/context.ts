import { createContext, useContext } from "react";

import type { Vocabulary } from "@/api/types";
import type { Json } from "@/flow/document";

import type { Shape, Subject } from "./subjects";

/** What the builder's controls need beside the props that react-querybuilder hands them. */
export interface BuilderContext {
  vocabulary: Vocabulary;
  subjectOf: (field: string) => Subject | undefined;
  shapeOf: (field: string, operator: string) => Shape;
}

export interface ValueProps {
  subject: Subject | undefined;
  shape: Shape;
  value: Json | undefined;
  onChange: (value: Json | undefined) => void;
  disabled: boolean;
}

const Context = createContext<BuilderContext | null>(null);
export const BuilderProvider = Context.Provider;

export function useBuilder(): BuilderContext {
  const context = useContext(Context);
  if (!context) throw new Error("used outside of a ConditionBuilder");
  return context;
}
