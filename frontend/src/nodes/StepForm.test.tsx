import { render, screen } from "@testing-library/react";
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
  ports: [{ key: "next", label: "Next" }],
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

function Held({ start, problems }: { start: JsonObject; problems: FieldProblem[] }) {
  const [config, setConfig] = useState(start);
  const change = (next: JsonObject) => {
    onChange(next);
    setConfig(next);
  };
  return <StepForm type={type} config={config} onChange={change} problems={problems} vocabulary={vocabulary} />;
}

function show(start: JsonObject = {}, problems: FieldProblem[] = []) {
  render(<Held start={start} problems={problems} />, { wrapper: Frame });
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
