import type { Language } from "@/i18n/languages";

const locales: Record<Language, () => Promise<{ default: Record<string, unknown> }>> = {
  en: () => import("grapesjs/locale/en.mjs"),
  fr: () => import("grapesjs/locale/fr.mjs"),
  ru: () => import("grapesjs/locale/ru.mjs"),
};

/** The block editor's own words. */
export async function messagesOf(language: Language): Promise<Record<string, unknown>> {
  return (await locales[language]()).default;
}
