import { type MantineColorScheme, useMantineColorScheme } from "@mantine/core";
import { useEffect } from "react";
import { useTranslation } from "react-i18next";

import { useSession } from "@/api/session";
import { useUpdateProfile } from "@/api/settings";
import type { Theme } from "@/api/types";
import { setLanguage as switchLanguage } from "@/i18n";
import { type Language, isLanguage } from "@/i18n/languages";

export const themes = ["system", "light", "dark"] as const satisfies readonly Theme[];

const schemeOf: Record<Theme, MantineColorScheme> = { system: "auto", light: "light", dark: "dark" };
const themeOf: Record<MantineColorScheme, Theme> = { auto: "system", light: "light", dark: "dark" };

/** The user's theme and language: applied at once, kept in the account and in this browser. */
export function usePreferences() {
  const { i18n } = useTranslation();
  const { colorScheme, setColorScheme } = useMantineColorScheme();
  const { mutate: save } = useUpdateProfile();
  const setTheme = (theme: Theme) => {
    setColorScheme(schemeOf[theme]);
    save({ theme });
  };
  const setLanguage = (locale: Language) => {
    void switchLanguage(locale);
    save({ locale });
  };
  return { theme: themeOf[colorScheme], language: i18n.language, setTheme, setLanguage };
}

/** Once signed in, the account's own choices replace those of this browser. */
export function useAccountPreferences(): void {
  const user = useSession().data?.user;
  const { setColorScheme } = useMantineColorScheme();
  const { i18n } = useTranslation();
  const locale = user?.locale ?? "";
  const theme = user?.theme;
  useEffect(() => {
    if (isLanguage(locale) && i18n.language !== locale) void switchLanguage(locale);
  }, [locale, i18n]);
  useEffect(() => {
    if (theme) setColorScheme(schemeOf[theme]);
    // oxlint-disable-next-line react/exhaustive-deps -- Mantine hands out a new function on each render
  }, [theme]);
}
