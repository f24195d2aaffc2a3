import { Avatar, Menu, Text, UnstyledButton } from "@mantine/core";
import { IconBriefcase, IconCheck, IconKeyboard, IconLogout, IconUserCircle } from "@tabler/icons-react";
import { useTranslation } from "react-i18next";
import { useNavigate } from "react-router";

import { useCan, useSignOut, useUser } from "@/api/session";
import { languageNames, languages } from "@/i18n/languages";
import { initials } from "@/ui/initials";

import { themes, usePreferences } from "@/ui/usePreferences";
import classes from "./UserMenu.module.css";

interface UserMenuProps {
  variant: "full" | "rail";
  onShortcuts: () => void;
}

/** Who is signed in, with theme, language, shortcuts and the way out. */
export function UserMenu({ variant, onShortcuts }: UserMenuProps) {
  const { t } = useTranslation();
  const user = useUser();
  const can = useCan();
  const navigate = useNavigate();
  const signOut = useSignOut();
  const { theme, language, setTheme, setLanguage } = usePreferences();
  const tick = (on: boolean) => on && <IconCheck size={14} aria-hidden />;
  return (
    <Menu position={variant === "full" ? "top-start" : "bottom-end"} width={230} withinPortal>
      <Menu.Target>
        <UnstyledButton className={classes["target"]}>
          <span className="visually-hidden">{t("userMenu.label")}</span>
          {variant === "rail" && <span className="visually-hidden">{user.name}</span>}
          <Avatar size={28} radius="xl" color="iris" aria-hidden>
            {initials(user.name || user.email)}
          </Avatar>
          {variant === "full" && (
            <span className={classes["words"]}>
              <Text size="sm" fw={500} truncate>
                {user.name}
              </Text>
              <Text size="xs" c="dimmed" truncate>
                {user.email}
              </Text>
            </span>
          )}
        </UnstyledButton>
      </Menu.Target>
      <Menu.Dropdown>
        {can("deals.edit") && (
          <Menu.Item leftSection={<IconBriefcase size={16} />} onClick={() => void navigate("/work")} hiddenFrom="sm">
            {t("nav.work")}
          </Menu.Item>
        )}
        <Menu.Item leftSection={<IconUserCircle size={16} />} onClick={() => void navigate("/settings/profile")}>
          {t("userMenu.profile")}
        </Menu.Item>
        <Menu.Item leftSection={<IconKeyboard size={16} />} onClick={onShortcuts} visibleFrom="sm">
          {t("shortcuts.title")}
        </Menu.Item>
        <Menu.Divider />
        <Menu.Label>{t("userMenu.theme")}</Menu.Label>
        {themes.map((key) => (
          <Menu.Item key={key} closeMenuOnClick={false} rightSection={tick(theme === key)} onClick={() => setTheme(key)}>
            {t(`theme.${key}`)}
          </Menu.Item>
        ))}
        <Menu.Divider />
        <Menu.Label>{t("userMenu.language")}</Menu.Label>
        {languages.map((key) => (
          <Menu.Item key={key} lang={key} rightSection={tick(language === key)} onClick={() => setLanguage(key)}>
            {languageNames[key]}
          </Menu.Item>
        ))}
        <Menu.Divider />
        <Menu.Item leftSection={<IconLogout size={16} />} onClick={() => signOut.mutate()}>
          {t("userMenu.signOut")}
        </Menu.Item>
      </Menu.Dropdown>
    </Menu>
  );
}
