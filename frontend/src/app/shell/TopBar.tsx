import { ActionIcon, Group, Text } from "@mantine/core";
import { IconSearch } from "@tabler/icons-react";
import { useTranslation } from "react-i18next";
import { Link } from "react-router";

import { useSession } from "@/api/session";
import { Logo } from "@/ui/Logo";

import { NotificationBell } from "./NotificationBell";
import classes from "./TopBar.module.css";
import { UserMenu } from "./UserMenu";

interface TopBarProps {
  onSearch: () => void;
  onShortcuts: () => void;
}

/** The head of the screen on a phone. */
export function TopBar({ onSearch, onShortcuts }: TopBarProps) {
  const { t } = useTranslation();
  const workspace = useSession().data?.workspace.name;
  return (
    <section className={classes["bar"]} aria-label={workspace}>
      <Link to="/" className={classes["brand"]}>
        <Logo size={26} />
        <Text fw={600} truncate>
          {workspace}
        </Text>
      </Link>
      <Group gap={4} wrap="nowrap">
        <ActionIcon variant="subtle" color="gray" size={40} aria-label={t("search")} onClick={onSearch}>
          <IconSearch size={20} stroke={1.7} />
        </ActionIcon>
        <NotificationBell position="bottom-end" />
        <UserMenu variant="rail" onShortcuts={onShortcuts} />
      </Group>
    </section>
  );
}
