import { expect, test } from "vitest";

import type { TestRun } from "@/api/rehearsals";
import type { FlowNode } from "@/flow/document";

import { expectationsOf, fittingData, storyOf } from "./script";

test("an event is made that the trigger's filter takes", () => {
  const filter = { all: [{ event: "message_kind", op: "eq", value: "campaign" }, { event: "link", op: "contains", value: "x" }] };
  const trigger: FlowNode = { id: "opened", type: "email_opened", config: { event_filter: filter } };
  expect(fittingData(trigger)).toEqual([{ key: "message_kind", value: "campaign" }]);
  expect(fittingData(undefined)).toEqual([]);
});

test("numbers and truth values that are typed are sent as such", () => {
  const data = [{ key: "page", value: "3" }, { key: "paid", value: "true" }, { key: "name", value: "Ann" }, { key: " ", value: "1" }];
  const [entry, line] = storyOf("opened", data, [{ amount: 24, unit: "hours", event: null, data: [] }]);
  expect(entry).toMatchObject({ trigger: "opened", event: null, properties: { page: 3, paid: true, name: "Ann" } });
  expect(line).toEqual({ after: { amount: 24, unit: "hours" }, event: null, trigger: null, properties: {} });
});

test("what came is what is expected: each way that was chosen, and the end", () => {
  const step = { run: 1, title: "", because: null, at: "", did: [], facts: [] };
  const steps = [
    { ...step, node: "opened", port: "next", way: null },
    { ...step, node: "hot", port: "no", way: "No" },
  ];
  const trial: TestRun = { steps, turned: [], verdicts: [], ending: "left", node: null, until: null, reason: null, began: "", over: "" };
  expect(expectationsOf(trial).map(({ kind, node, port }) => [kind, node, port])).toEqual([
    ["goes", "hot", "no"],
    ["leaves", null, null],
  ]);
});
