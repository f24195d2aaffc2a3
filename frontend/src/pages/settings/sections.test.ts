import { expect, test } from "vitest";

import { languages } from "@/i18n/languages";

import { groups } from "./sections";

interface Names {
  group: Record<string, string>;
  section: Record<string, string>;
}

const texts = import.meta.glob<Names>("../../i18n/*/settings.json", { eager: true, import: "default" });

test.each(languages)("no group of settings has the name of an entry in %s", (language) => {
  const names = texts[`../../i18n/${language}/settings.json`];
  const entries = groups.flatMap(({ sections }) => sections.map(({ key }) => names?.section[key]));
  expect(entries).not.toContain(undefined);
  expect(groups.map(({ key }) => names?.group[key]).filter((name) => entries.includes(name))).toEqual([]);
});
