import { useMantineColorScheme } from "@mantine/core";
import { IconFileImport, IconKeyboard, IconMoon, IconPlus, type TablerIcon } from "@tabler/icons-react";
import { useTranslation } from "react-i18next";
import { useNavigate } from "react-router";

import { useCan } from "@/api/session";
import type { Permission } from "@/api/types";

import { notifications, useNavItems } from "../shell/navigation";
import { usePreferences } from "@/ui/usePreferences";

export interface Command {
  key: string;
  label: string;
  icon: TablerIcon;
  keys?: string;
  permission?: Permission;
  run: () => void;
}

/** The commands this user may give whose words contain the letters typed. */
export function useCommands(query: string, onShortcuts: () => void): Command[] {
  const { t } = useTranslation();
  const can = useCan();
  const navigate = useNavigate();
  const { colorScheme } = useMantineColorScheme();
  const { setTheme } = usePreferences();
  const go = (path: string) => () => void navigate(path);
  const places = [...useNavItems(), notifications].map(
    ({ key, path, icon, keys, permission }): Command => ({
      key,
      label: t(`nav.${key}`),
      icon,
      ...(keys && { keys }),
      ...(permission && { permission }),
      run: go(path),
    }),
  );
  const all: Command[] = [
    ...places,
    {
      key: "new-automation",
      label: t("palette.newAutomation"),
      icon: IconPlus,
      permission: "automations.edit",
      run: go("/automations?new=1"),
    },
    {
      key: "new-contact",
      label: t("palette.newContact"),
      icon: IconPlus,
      permission: "contacts.edit",
      run: go("/contacts?new=1"),
    },
    {
      key: "import",
      label: t("palette.import"),
      icon: IconFileImport,
      permission: "contacts.import",
      run: go("/contacts/import"),
    },
    {
      key: "theme",
      label: t("palette.switchTheme"),
      icon: IconMoon,
      run: () => setTheme(colorScheme === "dark" ? "light" : "dark"),
    },
    { key: "shortcuts", label: t("shortcuts.title"), icon: IconKeyboard, keys: "?", run: onShortcuts },
  ];
  const wanted = query.trim().toLocaleLowerCase();
  return all.filter(
    ({ label, permission }) => (!permission || can(permission)) && label.toLocaleLowerCase().includes(wanted),
  );
}
