import { Group, UnstyledButton } from "@mantine/core";
import { useTranslation } from "react-i18next";

import { setLanguage } from "@/i18n";
import { type Language, languageNames, languages } from "@/i18n/languages";

import classes from "./LanguageLinks.module.css";

/** The languages, each by its own name, for a screen without an account. */
export function LanguageLinks({ onChoose }: { onChoose: (language: Language) => void }) {
  const { i18n } = useTranslation();
  return (
    <Group gap="md">
      {languages.map((language) => (
        <UnstyledButton
          key={language}
          lang={language}
          className={classes["link"]}
          aria-pressed={i18n.language === language}
          onClick={() => {
            void setLanguage(language);
            onChoose(language);
          }}
        >
          {languageNames[language]}
        </UnstyledButton>
      ))}
    </Group>
  );
}
