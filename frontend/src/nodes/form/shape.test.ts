import { expect, test } from "vitest";

import { defaultConfig, effectiveConfig, faultsByField, shownForm } from "./shape";

const schema = {
  type: "object",
  properties: {
    attribute: { title: "Attribute", type: "string" },
    operation: { title: "Operation", type: "string", default: "set" },
    value: { title: "Value" },
    unit: { title: "Unit", type: "string" },
  },
  required: ["attribute"],
};
const uiSchema = {
  "ui:order": ["attribute", "operation", "value", "unit"],
  value: { "ui:widget": "attribute_value", "ui:options": { showWhen: { operation: ["set", "add"] } } },
  unit: { "ui:options": { showWhen: { value: [5] } } },
};

const fields = (config: Record<string, string | number>) =>
  Object.keys(shownForm(schema, uiSchema, config).schema["properties"] as object);

test("a field is shown while another has one of the values it waits for", () => {
  expect(fields({ operation: "add" })).toContain("value");
  expect(fields({ operation: "clear" })).not.toContain("value");
});

test("a field that is not filled in counts with its default", () => {
  expect(fields({})).toContain("value");
});

test("a field that hangs on a hidden one is hidden too", () => {
  expect(fields({ operation: "add", value: 5 })).toContain("unit");
  expect(fields({ operation: "clear", value: 5 })).not.toContain("unit");
});

test("the order names shown fields only, and takes others in", () => {
  expect(shownForm(schema, uiSchema, { operation: "clear" }).uiSchema["ui:order"]).toEqual([
    "attribute",
    "operation",
    "*",
  ]);
});

test("applying drops hidden and empty values and keeps keys the form does not know", () => {
  const config = { attribute: "SCORE", operation: "clear", value: 5, unit: "", future: [1] };
  expect(effectiveConfig(schema, uiSchema, config)).toEqual({ attribute: "SCORE", operation: "clear", future: [1] });
});

const branches = {
  schema: {
    properties: {
      by: { default: "condition" },
      branches: { items: { properties: { name: {}, condition: {}, values: {} } } },
    },
  },
  uiSchema: {
    branches: {
      "ui:options": {
        parts: {
          name: {},
          condition: { "ui:options": { showWhen: { by: ["condition"] } } },
          values: { "ui:options": { showWhen: { by: ["value"] } } },
        },
      },
    },
  },
};

test("applying drops hidden and empty parts of branches too", () => {
  const listed = [{ id: "a", name: "", condition: { all: [] }, values: ["x"] }];
  const stored = (by: string) => effectiveConfig(branches.schema, branches.uiSchema, { by, branches: listed })["branches"];
  expect(stored("condition")).toEqual([{ id: "a", condition: { all: [] } }]);
  expect(stored("value")).toEqual([{ id: "a", values: ["x"] }]);
});

test("a fault of a part stands at the part, others at the list", () => {
  const problems = [
    { field: "branches[1].condition.all[0].value", message: "Wrong." },
    { field: "branches[0].elsewhere", message: "Odd." },
  ];
  expect(faultsByField(problems, branches.schema)).toEqual({ "branches[1].condition": "Wrong.", branches: "Odd." });
});

test("zero and false are values", () => {
  expect(effectiveConfig(schema, uiSchema, { value: 0, attribute: false })).toEqual({ value: 0, attribute: false });
});

test("a new step begins with the defaults of its form", () => {
  expect(defaultConfig(schema)).toEqual({ operation: "set" });
});

test("faults stand at the field whose part they name, each once, the rest apart", () => {
  const problems = [
    { field: "attribute", message: "Missing.", remedy: "Fill it in." },
    { field: "value[0].op", message: "Wrong." },
    { field: "value[1].op", message: "Wrong." },
    { field: "elsewhere", message: "Odd." },
    { field: null, message: "Cycle." },
  ];
  expect(faultsByField(problems, schema)).toEqual({
    attribute: "Missing. Fill it in.",
    value: "Wrong.",
    "": "Odd. Cycle.",
  });
});
