import { expect, test } from "vitest";

import type { Problem } from "@/api/editor";
import type { JsonObject } from "@/flow/document";

import { faultsToShow } from "./draft";

const fault = (field: string, code = "missing") => ({ node: "a", field, code, message: field }) as Problem;
const row = (value?: number): JsonObject => ({ attribute: "SCORE", op: "gte", ...(value !== undefined && { value }) });
const step = (config: JsonObject) => ({ id: "a", type: "conditional_split", config });
const VALUE = "condition.all[0].value";

interface Given {
  /** What is applied, and what was changed since. */
  from: JsonObject;
  to: JsonObject;
  problems: Problem[];
  applied?: Problem[];
  fresh?: boolean;
}

function shown({ from, to, problems, applied = [], fresh = false }: Given): (string | null)[] {
  const draft = { node: "a", config: to };
  return faultsToShow({ problems, applied, node: step(from), draft, fresh }).map(({ field }) => field);
}

test.each([true, false])("a value that could not be chosen yet is not missed (in a new step: %s)", (fresh) => {
  const to = { condition: { all: [row()] } };
  expect(shown({ from: {}, to, problems: [fault(VALUE)], fresh })).toEqual([]);
});

test("a value that was applied missing is told, and so it stays while another row is added", () => {
  const from = { condition: { all: [row()] } };
  const applied = [fault(VALUE)];
  expect(shown({ from, to: from, problems: applied, applied })).toEqual([VALUE]);
  const to = { condition: { all: [row(), row()] } };
  expect(shown({ from, to, problems: [...applied, fault("condition.all[1].value")], applied })).toEqual([VALUE]);
});

test("what was taken away is missed at once", () => {
  const from = { condition: { all: [row(20)] } };
  expect(shown({ from, to: { condition: { all: [row()] } }, problems: [fault(VALUE)] })).toEqual([VALUE]);
  expect(shown({ from: { list: 3 }, to: {}, problems: [fault("list")] })).toEqual(["list"]);
});

test("a field that another brings into sight is not missed before it could be filled in", () => {
  expect(shown({ from: { to: "owner" }, to: { to: "users" }, problems: [fault("users")] })).toEqual([]);
});

test("what is wrong is told while one types; in a new step only where one did", () => {
  const problems = [fault("points", "invalid"), fault("attribute", "unknown_attribute")];
  const given = { from: { points: 1, attribute: "SCORE" }, to: { points: 2.5, attribute: "SCORE" }, problems };
  expect(shown(given)).toEqual(["points", "attribute"]);
  expect(shown({ ...given, fresh: true })).toEqual(["points"]);
});
