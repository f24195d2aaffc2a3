import type { Vocabulary } from "@/api/types";
import type { Port } from "@/flow/catalog";
import type { Json, JsonObject } from "@/flow/document";

/** What every control of a step's form gets, whatever it edits. */
export interface ControlProps {
  id: string;
  label: string;
  description: string | undefined;
  required: boolean;
  disabled: boolean;
  error: string | undefined;
  value: Json | undefined;
  onChange: (value: Json | undefined) => void;
  /** From the field's `ui:options`. */
  options: JsonObject;
  schema: JsonObject;
}

/** A configuration as rjsf types it; its generics cannot follow a recursive type. */
export type FormData = Record<string, unknown>;

/** What controls may look at beside their own value. */
export interface FormScope {
  vocabulary: Vocabulary;
  /** The whole configuration being edited. */
  config: JsonObject;
  /** Schemas of the fields, by name. */
  fields: JsonObject;
  ports: readonly Port[];
}

/** A fault that the server found in a step; `field` is a path inside its configuration. */
export interface FieldProblem {
  readonly field: string | null;
  readonly message: string;
  readonly remedy?: string | null | undefined;
}
