export const languages = ["en", "fr", "ru"] as const;
export type Language = (typeof languages)[number];

/** Each language by its own name. */
export const languageNames: Record<Language, string> = { en: "English", fr: "Français", ru: "Русский" };

export function isLanguage(tag: string): tag is Language {
  return (languages as readonly string[]).includes(tag);
}

/** The language of that tag, else English. */
export function languageOf(tag: string): Language {
  return isLanguage(tag) ? tag : "en";
}
