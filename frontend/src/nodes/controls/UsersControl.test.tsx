import { render, screen } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import { useState } from "react";
import { expect, test, vi } from "vitest";

import type { NodeType } from "@/flow/catalog";
import type { JsonObject } from "@/flow/document";
import { StepForm } from "@/nodes/StepForm";
import { Frame, vocabulary } from "@/nodes/testing/Frame";

// Drawing all of Mantine takes a slow machine longer than a test may usually last.
vi.setConfig({ testTimeout: 20_000 });

const one = { title: "Rep", when: { how: ["named"] } };
const type: NodeType = {
  key: "assign_owner",
  kind: "action",
  label: "Assign owner",
  description: "",
  icon: "IconUserCheck",
  search: [],
  ports: [],
  schema: {
    type: "object",
    properties: {
      how: { title: "How", default: "named", oneOf: [{ const: "named" }, { const: "round_robin" }] },
      reps: { title: "Reps", type: "array" },
    },
  },
  ui_schema: { how: { "ui:widget": "select" }, reps: { "ui:widget": "users", "ui:options": { one } } },
  example: {},
};

const onChange = vi.fn();

function Held({ start }: { start: JsonObject }) {
  const [config, setConfig] = useState(start);
  const change = (next: JsonObject) => {
    onChange(next);
    setConfig(next);
  };
  return <StepForm type={type} config={config} onChange={change} problems={[]} vocabulary={vocabulary} />;
}

async function choose(title: string, name: string) {
  const user = userEvent.setup();
  await user.click(screen.getByRole("combobox", { name: title }));
  await user.click(screen.getByRole("option", { name: new RegExp(`^${name}`) }));
}

test("where a single one is meant, the field says so, and who is chosen takes the place of another", async () => {
  render(<Held start={{ reps: ["rita@example.com"] }} />, { wrapper: Frame });
  await choose("Rep", "Ron");
  expect(onChange).toHaveBeenLastCalledWith({ reps: ["ron@example.com"] });
});

test("where several are meant, they are gathered", async () => {
  render(<Held start={{ how: "round_robin", reps: ["rita@example.com"] }} />, { wrapper: Frame });
  await choose("Reps", "Ron");
  expect(onChange).toHaveBeenLastCalledWith({ how: "round_robin", reps: ["rita@example.com", "ron@example.com"] });
});
