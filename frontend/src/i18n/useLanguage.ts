import { useTranslation } from "react-i18next";

import { type Language, isLanguage } from "./languages";

/** The language of the screen. */
export function useLanguage(): Language {
  const { language } = useTranslation().i18n;
  return isLanguage(language) ? language : "en";
}
