import { withTheme } from "@rjsf/core";
import { Theme } from "@rjsf/mantine";
import type { RJSFSchema, UiSchema } from "@rjsf/utils";
import { useMemo } from "react";

import type { StepPlace } from "@/api/hooks";
import type { EventPlace, Vocabulary } from "@/api/types";
import type { NodeType } from "@/flow/catalog";
import type { JsonObject } from "@/flow/document";
import { asObject } from "@/flow/json";

import { controlFor } from "./controls";
import { ControlField } from "./form/ControlField";
import { type Contested, ContestedContext } from "./form/contested";
import { FaultsContext } from "./form/faults";
import { FormScopeProvider } from "./form/scope";
import { faultsByField, shownForm } from "./form/shape";
import type { FieldProblem, FormData } from "./form/types";
import { validator } from "./form/validator";

const Form = withTheme<FormData, RJSFSchema>(Theme);
const fields = { control: ControlField };
const NOTHING = {};
const UNCONTESTED = {};
const NO_PLACES: readonly EventPlace[] = [];

export interface StepFormProps {
  type: NodeType;
  config: JsonObject;
  onChange: (config: JsonObject) => void;
  problems: readonly FieldProblem[];
  /** Fields that others changed, too, since they were changed here. */
  contested?: Readonly<Record<string, Contested>>;
  vocabulary: Vocabulary;
  /** What texts may ask of the event that let a contact in. */
  eventPlaces?: readonly EventPlace[] | undefined;
  /** Where the step stands: what it has outside of its configuration belongs to its place. */
  place?: StepPlace;
  disabled?: boolean;
}

/** The form of a step, drawn from the schema of its type. */
export function StepForm({
  type,
  config,
  onChange,
  problems,
  contested = UNCONTESTED,
  vocabulary,
  eventPlaces = NO_PLACES,
  place,
  disabled = false,
}: StepFormProps) {
  const shown = useMemo(() => shownForm(type.schema, type.ui_schema, config), [type, config]);
  const faults = useMemo(() => faultsByField(problems, type.schema), [problems, type]);
  const scope = useMemo(
    () => ({ vocabulary, eventPlaces, place, config, fields: asObject(type.schema["properties"]), controlFor }),
    [vocabulary, eventPlaces, place, config, type],
  );
  return (
    <FormScopeProvider value={scope}>
      <FaultsContext value={faults}>
        <ContestedContext value={contested}>
          <Form
            idPrefix="step"
            tagName="div"
            schema={shown.schema}
            uiSchema={shown.uiSchema as UiSchema<FormData, RJSFSchema>}
            formData={config}
            validator={validator}
            fields={fields}
            onChange={({ formData = NOTHING }) => {
              if (JSON.stringify(formData) !== JSON.stringify(config)) onChange(formData);
            }}
            experimental_defaultFormStateBehavior={{ emptyObjectFields: "skipDefaults" }}
            disabled={disabled}
            noValidate
            noHtml5Validate
          >
            <></>
          </Form>
        </ContestedContext>
      </FaultsContext>
    </FormScopeProvider>
  );
}
