// Stands in for @rjsf/validator-ajv8, which only a test helper inside @rjsf/core names. The real one turns schemas
// into code at run time, which our pages' security policy forbids; src/nodes/form/validator.ts is the one in use.
export default undefined;
