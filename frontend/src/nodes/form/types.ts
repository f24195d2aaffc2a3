import type { ComponentType } from "react";

import type { StepPlace } from "@/api/hooks";
import type { EventPlace, Vocabulary } from "@/api/types";
import type { Json, JsonObject } from "@/flow/document";

/** What every control of a step's form gets, whatever it edits. */
export interface ControlProps {
  id: string;
  /** The field's name; of a part of a branch, its path: `branches[0].name`. */
  name: string;
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
  /** What texts may ask of the event that let a contact in. */
  eventPlaces: readonly EventPlace[];
  /** Where the step stands, where that is known. */
  place: StepPlace | undefined;
  /** The whole configuration being edited. */
  config: JsonObject;
  /** Schemas of the fields, by name. */
  fields: JsonObject;
  /** For controls that are made of others: the control for a widget. */
  controlFor: (widget: string | undefined, type: unknown) => ComponentType<ControlProps>;
}

/** A fault that the server found in a step; `field` is a path inside its configuration. */
export interface FieldProblem {
  readonly field: string | null;
  readonly message: string;
  readonly remedy?: string | null | undefined;
}
