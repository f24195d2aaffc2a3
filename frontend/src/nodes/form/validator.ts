import { type Schema, Validator } from "@cfworker/json-schema";
import type { RJSFSchema, ValidatorType } from "@rjsf/utils";

import type { FormData } from "./types";

/**
 * Lets rjsf choose between schemas without making code from them, which our content security policy forbids.
 * Whether a configuration is right is the server's word alone.
 */
export const validator: ValidatorType<FormData, RJSFSchema> = {
  validateFormData: () => ({ errors: [], errorSchema: {} }),
  isValid: (schema, data, root) =>
    new Validator({ ...root, ...schema } as Schema, "2020-12").validate(data ?? null).valid,
  rawValidation: () => ({}),
};
