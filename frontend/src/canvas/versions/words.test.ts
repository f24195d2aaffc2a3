import { renderHook } from "@testing-library/react";
import i18next from "i18next";
import { createElement, type PropsWithChildren } from "react";
import { I18nextProvider, initReactI18next } from "react-i18next";
import { expect, test } from "vitest";

import { makeCatalog } from "@/flow/catalog";
import type { FieldChange } from "@/flow/diff";
import type { Json } from "@/flow/document";
import settings from "@/i18n/en/settings.json";
import versions from "@/i18n/en/versions.json";

import { type Side, useChangeWords } from "./words";

const catalog = makeCatalog([
  {
    key: "split",
    label: "Split",
    schema: { properties: { rules: { title: "Rules" }, mode: { title: "Mode" }, other: { title: "Mode" } } },
  },
] as never);

const side = (summary: string): Side =>
  ({ document: { nodes: [{ id: "s", type: "split" }] }, summaries: { s: summary }, settings: {} }) as never;
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

test("settings are told by the server's phrase, by what their choice is called, or by their value", async () => {
  const words = i18next.createInstance();
  await words.use(initReactI18next).init({ lng: "en", ns: ["versions", "settings"], defaultNS: "versions", resources: { en: { versions, settings } }, interpolation: { escapeValue: false } });
  const wrapper = ({ children }: PropsWithChildren) => createElement(I18nextProvider, { i18n: words }, children);
  const quiet = { ...side("All"), settings: { quiet_hours: "Mon, 21:00–09:00; steps wait" } };
  const { result } = renderHook(() => useChangeWords(catalog, { before: side("All"), after: quiet }), { wrapper });
  const told = (field: string, was: Json | undefined, is: Json | undefined) =>
    result.current.setting({ field, before: was, after: is }).detail;
  expect(told("quiet_hours", undefined, { from: "21:00" })).toBe("not set → Mon, 21:00–09:00; steps wait");
  expect(told("priority", undefined, "high")).toBe("Normal → High");
  expect(told("run_key", "order_id", "basket_id")).toBe("order_id → basket_id");
});
