import { expect, test } from "vitest";

import { languages } from "./languages";

type Tree = { [key: string]: string | Tree };

const files = import.meta.glob<Tree>("./*/*.json", { eager: true, import: "default" });
const sources = import.meta.glob<string>(["../**/*.{ts,tsx}", "!../**/*.test.{ts,tsx}"], {
  eager: true,
  query: "?raw",
  import: "default",
});

const plural = /_(zero|one|two|few|many|other)$/u;

function flatten(tree: Tree, prefix = ""): Record<string, string> {
  const entries = Object.entries(tree).flatMap(([key, value]) =>
    typeof value === "string" ? [[prefix + key, value] as const] : Object.entries(flatten(value, `${prefix + key}.`)),
  );
  return Object.fromEntries(entries);
}

/** Every text by "namespace:key". */
function textsOf(language: string): Map<string, string> {
  const own = Object.entries(files).filter(([path]) => path.startsWith(`./${language}/`));
  return new Map(
    own.flatMap(([path, tree]) => {
      const namespace = path.slice(`./${language}/`.length, -".json".length);
      return Object.entries(flatten(tree)).map(([key, text]) => [`${namespace}:${key}`, text] as const);
    }),
  );
}

const stem = (key: string) => key.replace(plural, "");
const stemsOf = (language: string) => new Set([...textsOf(language).keys()].map(stem));
const placeholders = (text: string) => [...text.matchAll(/\{\{\s*([\w.]+)/gu)].map(([, name]) => name ?? "").toSorted();

test.each(languages)("%s has exactly the texts that English has", (language) => {
  expect([...stemsOf(language)].toSorted()).toEqual([...stemsOf("en")].toSorted());
});

test.each(languages)("%s has every plural form that its grammar needs, and no other", (language) => {
  const needed = new Intl.PluralRules(language).resolvedOptions().pluralCategories.toSorted();
  const forms = new Map<string, string[]>();
  for (const key of textsOf(language).keys()) {
    const [, form] = plural.exec(key) ?? [];
    if (form && form !== "zero") forms.set(stem(key), [...(forms.get(stem(key)) ?? []), form]);
  }
  const wrong = [...forms].filter(([, held]) => held.toSorted().join() !== needed.join());
  expect(wrong).toEqual([]);
});

/** Those that read the same with any number, or never stand with one. */
const countWithoutForms = new Set([
  "doors:webhooks.took",
  "editor:group.with",
  "editor:problems.pending",
  "operations:overview.workersHint",
  "operations:deadLetters.replayAll",
  "reading:search.most",
  "versions:people.waiting",
  "versions:people.waiting_range",
]);

test.each(languages)("%s has plural forms for whatever it counts", (language) => {
  const counted = [...textsOf(language)].filter(([, text]) => placeholders(text).includes("count"));
  const formless = counted.map(([key]) => key).filter((key) => !plural.test(key) && !countWithoutForms.has(key));
  expect(formless).toEqual([]);
});

test.each(languages)("%s uses the same values in each text as English", (language) => {
  const english = textsOf("en");
  const wrong = [...textsOf(language)].filter(([key, text]) => {
    const twin = english.get(key) ?? english.get(`${stem(key)}_other`) ?? "";
    return placeholders(text).join() !== placeholders(twin).join() && !isCountlessForm(key, text, twin);
  });
  expect(wrong.map(([key]) => key)).toEqual([]);
});

/** "once" instead of "1 times": a form for one or none may leave the number out. */
function isCountlessForm(key: string, text: string, twin: string): boolean {
  const rest = placeholders(twin).filter((name) => name !== "count");
  return plural.test(key) && rest.every((name) => placeholders(text).includes(name));
}

test("every text is used somewhere, and no empty text is left", () => {
  const code = Object.values(sources).join("\n");
  const literals = new Set([...code.matchAll(/"([\w.:-]+)"/gu)].map(([, text]) => text ?? ""));
  const prefixes = [...code.matchAll(/`((?:[\w-]+:)?[\w.-]+[.:_])\$\{/gu)].map(([, text]) => text ?? "");
  const isUsed = (key: string) => {
    const short = key.slice(key.indexOf(":") + 1);
    return [key, short].some((name) => literals.has(name) || prefixes.some((prefix) => name.startsWith(prefix)));
  };
  const unused = [...stemsOf("en")].filter((key) => !isUsed(key));
  const empty = languages.flatMap((language) => [...textsOf(language)].filter(([, text]) => text.trim() === ""));
  expect({ unused, empty }).toEqual({ unused: [], empty: [] });
});
