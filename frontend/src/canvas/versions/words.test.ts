import { renderHook } from "@testing-library/react";
import { expect, test } from "vitest";

import { makeCatalog } from "@/flow/catalog";
import type { FieldChange } from "@/flow/diff";

import { type Side, useChangeWords } from "./words";

const catalog = makeCatalog([
  {
    key: "split",
    label: "Split",
    schema: { properties: { rules: { title: "Rules" }, mode: { title: "Mode" }, other: { title: "Mode" } } },
  },
] as never);

const side = (summary: string): Side =>
  ({ document: { nodes: [{ id: "s", type: "split" }] }, summaries: { s: summary } }) as never;
const rules: FieldChange = { field: "rules", before: [{ points: 1 }], after: [{ points: 2 }] };
const mode: FieldChange = { field: "mode", before: "all", after: "any" };
const other: FieldChange = { field: "other", before: "one", after: "two" };

function said(fields: readonly FieldChange[], was: string, is: string) {
  const { result } = renderHook(() => useChangeWords(catalog, { before: side(was), after: side(is) }));
  return result.current.fields({ id: "s", type: "split", change: "changed", fields });
}

test("a field without short words is said by the step's sentence if it alone was changed", () => {
  expect(said([rules], "All of 1", "All of 2")).toEqual([{ field: "rules", name: "Rules", detail: "from_to" }]);
});

test("what another field may have changed in the sentence is not laid to it", () => {
  const details = said([rules, mode], "All of the rules", "Any of the rules").map(({ field, detail }) => [field, detail]);
  expect(details).toEqual([
    ["rules", "field_changed"],
    ["mode", "from_to"],
  ]);
});

test("two fields of one title are told apart", () => {
  expect(said([mode, other], "Same", "Same").map(({ field, name }) => [field, name])).toEqual([
    ["mode", "Mode"],
    ["other", "Mode"],
  ]);
});
