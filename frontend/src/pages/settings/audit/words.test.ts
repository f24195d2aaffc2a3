import { renderHook } from "@testing-library/react";
import i18next from "i18next";
import { createElement, type PropsWithChildren } from "react";
import { I18nextProvider, initReactI18next } from "react-i18next";
import { expect, test } from "vitest";

import type { AuditEntry } from "@/api/types";
import type { Language } from "@/i18n/languages";

import { pageOf } from "./pageOf";
import { auditTexts, nameOf, useAuditWords, verbOf } from "./words";

const files = import.meta.glob<object>("/src/i18n/*/*.json", { eager: true, import: "default" });

const entry = (action: string, entity: string, detail: AuditEntry["detail"] = {}, name: string | null = null) =>
  ({ id: 1, at: "2026-11-22T12:00:00Z", action, entity, entity_id: "8", name, detail, user: null, api_key: null }) satisfies AuditEntry;

async function wordsIn(language: Language) {
  const i18n = i18next.createInstance();
  const texts = Object.fromEntries(auditTexts.map((name) => [name, files[`/src/i18n/${language}/${name}.json`]]));
  const options = { lng: language, ns: [...auditTexts], defaultNS: "settings", interpolation: { escapeValue: false } };
  await i18n.use(initReactI18next).init({ ...options, resources: { [language]: texts } as never });
  const wrapper = ({ children }: PropsWithChildren) => createElement(I18nextProvider, { i18n }, children);
  return renderHook(() => useAuditWords(), { wrapper }).result.current;
}

test("an action is known by its last word", () => {
  expect(["user.created", "created"].map(verbOf)).toEqual(["created", "created"]);
});

test.each([
  ["en", "Automation: scenario added"],
  ["fr", "Automatisation\u00A0: ajout d’un scénario"],
  ["ru", "Автоматизация: добавление сценария"],
] as const)("%s: an action with words of its own is told by them", async (language, told) => {
  expect((await wordsIn(language)).what(entry("scenario.created", "automation"))).toBe(told);
});

test("an action that has no words is shown as the server names it", async () => {
  expect((await wordsIn("en")).what(entry("thing.bent", "thing"))).toBe("thing: thing.bent");
});

test.each([
  ["en", "Changed: Options, Name, COLOUR · Roles: Admin"],
  ["fr", "Modifié\u00A0: Options, Nom, COLOUR · Rôles\u00A0: Administrateur"],
] as const)("%s: choices have words, attributes their names, and what is empty is left out", async (language, told) => {
  const detail = { changed: ["options", "name", "COLOUR"], roles: ["admin"], node: null, reason: "", scenarios: [] };
  expect((await wordsIn(language)).detail(entry("updated", "user", detail))).toBe(told);
});

test("values are told by what they are", async () => {
  const detail = { kind: "event", overdue: "skip", signed: false, port: 2525, count: 2525, merge: 2525 };
  expect((await wordsIn("en")).detail(entry("changed", "thing", detail))).toBe(
    "Kind: Event · What fell due meanwhile: Skip it · Signed: No · Port: 2525 · Number: 2,525 · Merge: #2525",
  );
});

test("of the workspace it is told what was emptied, and how many there are of what is long", async () => {
  const detail = { keep_months: null, quiet_hours: { from: "21:00", to: "09:00", days: [1] }, send_rates: [{}, {}] };
  expect((await wordsIn("en")).detail(entry("workspace.updated", "workspace", detail))).toBe(
    "Months to keep events: Not set · Quiet hours: 21:00–09:00 · Send rates: 2",
  );
});

test("those inside are told by what was chosen for everybody, and for each step", async () => {
  const go = { version: 2, node: "wait", way: "go", to: "mail_2", repeat: true };
  const leave = { version: 1, node: "tag", way: "leave", to: null, repeat: false };
  const people = { everybody: { way: "move", to: null, repeat: false }, places: [go, leave] };
  expect((await wordsIn("en")).detail(entry("automation.activated", "automation", { people, version: 3 }))).toBe(
    "Version: 3 · Everybody: Move to the new version · “wait”, version 2: Go to “mail_2”, doing again what was done · " +
      "“tag”, version 1: Leave",
  );
});

test("which one it is about is told by its name of today, that of then, or its number, and told once", async () => {
  const [today, gone, nameless] = [
    entry("automation.renamed", "automation", { name: "Old" }, "New"),
    entry("automation.deleted", "automation", { name: "Old" }),
    entry("deleted", "list"),
  ];
  expect([today, gone, nameless].map(nameOf)).toEqual(["New", "Old", "#8"]);
  const words = await wordsIn("en");
  expect([today, gone].map(words.detail)).toEqual(["Name: Old", ""]);
});

test("an entity leads to its page, or to the section of the settings that shows it", () => {
  const places = ["automation", "segment", "webhook", "import"].map((entity) => pageOf(entity, "8"));
  expect(places).toEqual(["/automations/8", "/contacts?segment=8", "/settings/webhooks", null]);
});
