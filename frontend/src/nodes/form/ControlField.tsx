import { getUiOptions, type FieldProps, type RJSFSchema } from "@rjsf/utils";
import { createElement, useContext } from "react";

import type { Json, JsonObject } from "@/flow/document";
import { asObject } from "@/flow/json";
import { textOf } from "@/nodes/controls/common";

import { ContestedContext } from "./contested";
import { ContestedNotice } from "./ContestedNotice";
import { FaultsContext } from "./faults";
import { useFormScope } from "./scope";
import type { ControlProps, FormData } from "./types";

/** Draws any field of a step's form with the control that its `ui:widget` names. */
export function ControlField(props: FieldProps<FormData, RJSFSchema>) {
  const { uiSchema, fieldPathId, formData, name, required = false, disabled = false, onChange } = props;
  const faults = useContext(FaultsContext);
  const contested = useContext(ContestedContext)[name];
  const { fields, controlFor } = useFormScope();
  const schema = asObject(fields[name]);
  const named = uiSchema?.["ui:widget"] as unknown;
  const widget = typeof named === "string" ? named : undefined;
  const control: ControlProps = {
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
  };
  return (
    <>
      {createElement(controlFor(widget, schema["type"]), control)}
      {contested && <ContestedNotice contested={contested} control={control} widget={widget} />}
    </>
  );
}
