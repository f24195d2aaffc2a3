import { useTranslation } from "react-i18next";

import { type Language, languageOf } from "./languages";

/** The language of the screen. */
export function useLanguage(): Language {
  return languageOf(useTranslation().i18n.language);
}
