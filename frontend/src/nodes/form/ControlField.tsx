import { getUiOptions, type FieldProps, type RJSFSchema } from "@rjsf/utils";
import { createElement, useContext } from "react";

import type { Json, JsonObject } from "@/flow/document";
import { asObject } from "@/flow/json";
import { textOf } from "@/nodes/controls/common";

import { FaultsContext } from "./faults";
import { useFormScope } from "./scope";
import type { FormData } from "./types";

/** Draws any field of a step's form with the control that its `ui:widget` names. */
export function ControlField(props: FieldProps<FormData, RJSFSchema>) {
  const { uiSchema, fieldPathId, formData, name, required = false, disabled = false, onChange } = props;
  const faults = useContext(FaultsContext);
  const { fields, controlFor } = useFormScope();
  const schema = asObject(fields[name]);
  const widget = uiSchema?.["ui:widget"] as unknown;
  return createElement(controlFor(typeof widget === "string" ? widget : undefined, schema["type"]), {
    id: fieldPathId.$id,
    name,
    label: textOf(schema["title"]) || name,
    description: textOf(schema["description"]) || undefined,
    required,
    disabled,
    error: faults[name],
    value: formData as Json | undefined,
    onChange: (value) => onChange(value as FormData | undefined, fieldPathId.path),
    options: getUiOptions(uiSchema) as JsonObject,
    schema,
  });
}
