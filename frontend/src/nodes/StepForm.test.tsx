import { render, screen, waitFor, within } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import { useState } from "react";
import { beforeEach, expect, test, vi } from "vitest";

import type { NodeType } from "@/flow/catalog";
import type { JsonObject } from "@/flow/document";

import type { FieldProblem } from "./form/types";
import { StepForm } from "./StepForm";
import { Frame, vocabulary } from "./testing/Frame";

const type: NodeType = {
  key: "update_attribute",
  kind: "action",
  label: "Update attribute",
  description: "",
  icon: "IconPencil",
  search: [],
  ports: [{ key: "next", label: "Next", opens: "always" }],
  schema: {
    type: "object",
    properties: {
      attribute: { type: "string", title: "Attribute" },
      operation: {
        type: "string",
        title: "Operation",
        default: "set",
        oneOf: [
          { const: "set", title: "Set" },
          { const: "clear", title: "Clear" },
        ],
      },
      value: { title: "Value", type: ["string", "number"] },
      filter: { title: "Only if", type: "object", description: "Empty: everyone." },
    },
    required: ["attribute"],
  },
  ui_schema: {
    "ui:order": ["attribute", "operation", "value", "filter"],
    attribute: { "ui:widget": "attribute" },
    operation: { "ui:widget": "select" },
    value: { "ui:widget": "attribute_value", "ui:options": { of: "attribute", showWhen: { operation: ["set"] } } },
    filter: { "ui:widget": "condition", "ui:options": { scope: "contact" } },
  },
  example: {},
};

// Drawing all of Mantine takes a slow machine longer than a test may usually last.
vi.setConfig({ testTimeout: 20_000 });

const onChange = vi.fn();
beforeEach(() => onChange.mockClear());

function Held({ start, problems, of }: { start: JsonObject; problems: FieldProblem[]; of: NodeType }) {
  const [config, setConfig] = useState(start);
  const change = (next: JsonObject) => {
    onChange(next);
    setConfig(next);
  };
  return <StepForm type={of} config={config} onChange={change} problems={problems} vocabulary={vocabulary} />;
}

function show(start: JsonObject = {}, problems: FieldProblem[] = [], of = type) {
  render(<Held start={start} problems={problems} of={of} />, { wrapper: Frame });
  return userEvent.setup();
}

test("drawing the form changes nothing", () => {
  show({ attribute: "SCORE" });
  expect(onChange).not.toHaveBeenCalled();
});

test("the value's field follows the kind of the attribute chosen", async () => {
  const user = show({ operation: "set" });
  await user.click(screen.getByRole("combobox", { name: /Attribute/ }));
  await user.click(screen.getByRole("option", { name: "PLAN" }));
  await user.click(screen.getByRole("combobox", { name: "Value" }));
  await user.click(screen.getByRole("option", { name: "Pro" }));
  expect(onChange).toHaveBeenLastCalledWith({ operation: "set", attribute: "PLAN", value: "Pro" });
});

test("a value is typed only after its attribute is chosen, whose kind it takes", async () => {
  const user = show({ operation: "set" });
  expect(screen.getByLabelText("Value")).toHaveProperty("disabled", true);
  expect(screen.getByText("Choose the attribute first.")).toBeDefined();
  await user.click(screen.getByRole("combobox", { name: /Attribute/ }));
  await user.click(screen.getByRole("option", { name: "SCORE" }));
  await user.type(screen.getByLabelText("Value"), "5");
  expect(onChange).toHaveBeenLastCalledWith({ operation: "set", attribute: "SCORE", value: 5 });
});

test("a number is kept as a number", async () => {
  const user = show({ attribute: "SCORE" });
  await user.type(screen.getByLabelText("Value"), "5");
  expect(onChange).toHaveBeenLastCalledWith({ attribute: "SCORE", value: 5 });
});

test("a field that another one hides is not drawn", () => {
  show({ attribute: "SCORE", operation: "clear" });
  expect(screen.queryByLabelText("Value")).toBeNull();
});

test("a condition has a titled place of its own", () => {
  show();
  expect(screen.getByRole("region", { name: "Only if" })).toBeDefined();
});

test("a fault stands at its field", () => {
  show({}, [{ field: "attribute", message: "“Attribute” is missing.", remedy: "Fill it in." }]);
  expect(screen.getByText("“Attribute” is missing. Fill it in.")).toBeDefined();
});

const split: NodeType = {
  ...type,
  schema: {
    type: "object",
    properties: {
      by: {
        type: "string",
        title: "By",
        default: "condition",
        oneOf: [
          { const: "condition", title: "Condition" },
          { const: "value", title: "Value" },
        ],
      },
      branches: {
        type: "array",
        title: "Branches",
        minItems: 2,
        maxItems: 3,
        default: [
          { id: "a", name: "A" },
          { id: "b", name: "B" },
        ],
        items: { properties: { name: { title: "Name" }, note: { title: "Note", type: "string" } } },
      },
    },
  },
  ui_schema: {
    by: { "ui:widget": "select" },
    branches: {
      "ui:widget": "branches",
      "ui:options": { parts: { name: {}, note: { "ui:options": { showWhen: { by: ["value"] } } } } },
    },
  },
};
const branchesNow = () => (onChange.mock.lastCall as [JsonObject] | undefined)?.[0]["branches"];

test("branches are added up to the most there can be, and removed down to the fewest", async () => {
  const user = show({}, [], split);
  await user.click(screen.getByRole("button", { name: "Add branch" }));
  expect(branchesNow()).toEqual([
    { id: "a", name: "A" },
    { id: "b", name: "B" },
    { id: "c", name: "C" },
  ]);
  expect(screen.getByRole("button", { name: "There can be 3 branches" })).toHaveProperty("disabled", true);
  await user.click(screen.getByRole("button", { name: "Remove B" }));
  expect(screen.getByRole("button", { name: "Remove A" })).toHaveProperty("disabled", true);
  await user.click(screen.getByRole("button", { name: "Add branch" }));
  expect(branchesNow()).toEqual([
    { id: "a", name: "A" },
    { id: "c", name: "C" },
    { id: "d", name: "D" },
  ]);
});

test("renaming and moving a branch keep its id", async () => {
  const user = show({}, [], split);
  await user.type(screen.getByRole("textbox", { name: "Name of branch 1" }), "x");
  await user.click(screen.getByRole("button", { name: "Move Ax down" }));
  await waitFor(() => expect(document.activeElement).toBe(screen.getByRole("button", { name: "Move Ax up" })));
  expect(branchesNow()).toEqual([
    { id: "b", name: "B" },
    { id: "a", name: "Ax" },
  ]);
});

test("parts of branches are shown by what the form says, each with its own fault", async () => {
  const fault = { field: "branches[1].note", message: "Missing." };
  const user = show({}, [fault], split);
  expect(screen.queryByLabelText(/Note/)).toBeNull();
  await user.click(screen.getByRole("combobox", { name: "By" }));
  await user.click(screen.getByRole("option", { name: "Value" }));
  const second = within(screen.getByRole("group", { name: "Branch B" }));
  await user.type(second.getByLabelText(/Note/), "!");
  expect(branchesNow()).toEqual([
    { id: "a", name: "A" },
    { id: "b", name: "B", note: "!" },
  ]);
  expect(second.getByText("Missing.")).toBeDefined();
});

const planned = { attribute: "SCORE", filter: { all: [{ attribute: "PLAN", op: "eq" }] } };

test("what is said of a condition meanwhile does not close its open list of choices", async () => {
  const { rerender } = render(<Held start={planned} problems={[]} of={type} />, { wrapper: Frame });
  const row = within(screen.getByRole("region", { name: "Only if" }));
  await userEvent.click(row.getByRole("combobox", { name: "Value" }));
  const choice = screen.getByRole("option", { name: "Pro" });
  rerender(<Held start={planned} problems={[{ field: "filter", message: "There is no value." }]} of={type} />);
  expect(row.getByRole("alert").textContent).toBe("There is no value.");
  expect(screen.getByRole("option", { name: "Pro" })).toBe(choice);
});

test("a condition keeps its rows while it is changed", async () => {
  const user = show(planned);
  const row = within(screen.getByRole("region", { name: "Only if" }));
  const value = row.getByRole("combobox", { name: "Value" });
  await user.click(value);
  await user.click(screen.getByRole("option", { name: "Pro" }));
  expect(onChange).toHaveBeenLastCalledWith({ ...planned, filter: { all: [{ attribute: "PLAN", op: "eq", value: "Pro" }] } });
  expect(row.getByRole("combobox", { name: "Value" })).toBe(value);
  expect(document.activeElement).toBe(value);
});
