import dayjs from "dayjs";
import i18next, { type BackendModule } from "i18next";
import { initReactI18next } from "react-i18next";

import { type Language, isLanguage, languages } from "./languages";

const keptUnder = "cadenza-language";
const texts = import.meta.glob<Record<string, unknown>>("./*/*.json", { import: "default" });
const dayjsLocales: Record<Language, () => Promise<unknown>> = {
  en: () => Promise.resolve(),
  fr: () => import("dayjs/locale/fr"),
  ru: () => import("dayjs/locale/ru"),
};

const backend: BackendModule = {
  type: "backend",
  callbackApi: false,
  init: () => undefined,
  read: async (language, namespace) => {
    const load = texts[`./${language}/${namespace}.json`];
    if (!load) throw new Error(`no texts ${language}/${namespace}`);
    const tree = await load();
    return language === "fr" ? withMarks(tree) : tree;
  },
};

/** French texts are written with plain spaces; shown, no mark is parted from what it holds or ends. */
function withMarks(tree: Record<string, unknown>): Record<string, unknown> {
  const written = JSON.stringify(tree).replaceAll("« ", "«\u00A0").replaceAll(/ (?=[»:;!?])/gu, "\u00A0");
  return JSON.parse(written) as Record<string, unknown>;
}

/** Fetches what will be shown soon, while its code is still on the way. */
export function fetchTexts(language: Language, namespaces: readonly string[]): void {
  for (const name of namespaces) void texts[`./${language}/${name}.json`]?.().catch(() => undefined); // shown when read
}

/** The language to start in: the one kept from last time, else the browser's, else English. */
export function firstLanguage(): Language {
  const kept = window.localStorage.getItem(keptUnder);
  const wished = [kept, ...navigator.languages].map((tag) => tag?.slice(0, 2) ?? "");
  return wished.find(isLanguage) ?? "en";
}

/** Switches the whole screen to `language` and keeps it for the next visit. */
export async function setLanguage(language: Language): Promise<void> {
  await dayjsLocales[language]();
  await i18next.changeLanguage(language);
}

function follow(language: string): void {
  window.localStorage.setItem(keptUnder, language);
  document.documentElement.lang = language;
  dayjs.locale(language);
}

let started: Promise<void> | undefined;

/** Starts the texts, once; each namespace of each language is fetched when a page first asks for it. */
export function startTexts(): Promise<void> {
  return (started ??= start());
}

async function start(): Promise<void> {
  i18next.on("languageChanged", follow);
  const language = firstLanguage();
  fetchTexts(language, ["common"]);
  await dayjsLocales[language]();
  await i18next
    .use(backend)
    .use(initReactI18next)
    .init({
      lng: language,
      fallbackLng: false,
      supportedLngs: languages,
      load: "languageOnly",
      ns: ["common"],
      defaultNS: "common",
      interpolation: { escapeValue: false },
      returnNull: false,
    });
}
