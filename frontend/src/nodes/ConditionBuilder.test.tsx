import { render, screen } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import { useState } from "react";
import { beforeEach, expect, test, vi } from "vitest";

import type { JsonObject } from "@/flow/document";

import { ConditionBuilder } from "./ConditionBuilder";
import { Frame } from "./testing/Frame";

// Drawing all of Mantine takes a slow machine longer than a test may usually last.
vi.setConfig({ testTimeout: 20_000 });

const onChange = vi.fn();
beforeEach(() => onChange.mockClear());

function Held({ start }: { start: JsonObject }) {
  const [condition, setCondition] = useState(start);
  const change = (next: JsonObject) => {
    onChange(next);
    setCondition(next);
  };
  return <ConditionBuilder label="Condition" empty="No conditions yet." value={condition} onChange={change} />;
}

function show(start: JsonObject = { all: [] }) {
  render(<Held start={start} />, { wrapper: Frame });
  return userEvent.setup();
}

const hot = { attribute: "SCORE", op: "gte", value: 20 };

test("showing a condition changes nothing", () => {
  show({ any: [hot, { not: { tag: "vip", op: "has" } }] });
  expect(onChange).not.toHaveBeenCalled();
});

test("a comparison is built by choosing what, how, and typing the value", async () => {
  const user = show();
  await user.click(screen.getByRole("button", { name: "Add condition" }));
  await user.click(screen.getByRole("combobox", { name: "What to compare" }));
  await user.click(screen.getByRole("option", { name: "SCORE" }));
  await user.type(screen.getByLabelText("Value"), "20");
  expect(onChange).toHaveBeenLastCalledWith({ all: [hot] });
});

test("another way to compare keeps what fits of the value and drops the rest", async () => {
  const user = show({ all: [hot] });
  await user.click(screen.getByRole("combobox", { name: "Comparison" }));
  await user.click(screen.getByRole("option", { name: "between" }));
  expect(onChange).toHaveBeenLastCalledWith({ all: [{ attribute: "SCORE", op: "between" }] });
});

test("two comparisons can be joined by any instead of all", async () => {
  const user = show({ all: [hot, { tag: "vip", op: "has" }] });
  await user.click(screen.getByRole("combobox", { name: "How the conditions are joined" }));
  await user.click(screen.getByRole("option", { name: "At least one holds" }));
  expect(onChange).toHaveBeenLastCalledWith({ any: [hot, { tag: "vip", op: "has" }] });
});

test("it says that there is no condition only until a row is begun", async () => {
  const user = show();
  expect(screen.getByText("No conditions yet.")).toBeDefined();
  await user.click(screen.getByRole("button", { name: "Add condition" }));
  expect(screen.queryByText("No conditions yet.")).toBeNull();
});

test("a value that is chosen from a list is asked for", async () => {
  const user = show();
  await user.click(screen.getByRole("button", { name: "Add condition" }));
  await user.click(screen.getByRole("combobox", { name: "What to compare" }));
  await user.click(screen.getByRole("option", { name: "PLAN" }));
  expect(screen.getByRole("combobox", { name: "Value" }).getAttribute("placeholder")).toBe("Choose a value");
});

test("events are offered as people call them", async () => {
  const user = show();
  await user.click(screen.getByRole("button", { name: "Add condition" }));
  await user.click(screen.getByRole("combobox", { name: "What to compare" }));
  expect(screen.getByRole("option", { name: "Page left behind (number of times)" })).toBeDefined();
});

test("the properties that events had are offered, and others can be typed", async () => {
  const counted = { events: "page_left", op: "gte", value: 1 };
  const user = show({ all: [counted] });
  await user.click(screen.getByRole("button", { name: "Only events with…" }));
  await user.type(screen.getByRole("combobox", { name: "Property" }), "sec");
  await user.click(screen.getByRole("option", { name: "seconds" }));
  expect(onChange).toHaveBeenLastCalledWith({ all: [{ ...counted, where: { seconds: "" } }] });
  await user.type(screen.getByRole("combobox", { name: "Property" }), "_more");
  expect(onChange).toHaveBeenLastCalledWith({ all: [{ ...counted, where: { seconds_more: "" } }] });
});

test("the properties of an event, and their choices, begin with a capital as all subjects do", async () => {
  const options = [{ value: "campaign", label: "campaign" }];
  const fields = [{ key: "message_kind", label: "kind of message", kind: "category", options }];
  const start = { event: "message_kind", op: "eq", value: "campaign" };
  render(<ConditionBuilder label="Filter" scope="event" eventFields={fields} value={start} onChange={onChange} />, {
    wrapper: Frame,
  });
  expect(screen.getByDisplayValue("Kind of message")).toBeDefined();
  expect(screen.getByDisplayValue("Campaign")).toBeDefined();
});

test("a comparison can be removed", async () => {
  const user = show({ all: [hot] });
  await user.click(screen.getByRole("button", { name: "Remove condition" }));
  expect(onChange).toHaveBeenLastCalledWith({ all: [] });
});

test("an attribute that is not there is named, with the way to create it", () => {
  show({ all: [{ attribute: "HEIGHT", op: "eq", value: "1" }] });
  expect(screen.getByText(/There is no attribute named HEIGHT/)).toBeDefined();
  expect(screen.getByRole("link", { name: "Create attribute" }).getAttribute("href")).toContain("HEIGHT");
});
