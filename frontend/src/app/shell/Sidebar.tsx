import { Group, Kbd, Text, UnstyledButton } from "@mantine/core";
import { IconSearch } from "@tabler/icons-react";
import { useTranslation } from "react-i18next";
import { Link } from "react-router";

import { useSession } from "@/api/session";

import { IconButton } from "@/ui/actions/IconButton";
import { Logo } from "@/ui/Logo";

import { NavLinks } from "./NavLinks";
import { NotificationBell } from "./NotificationBell";
import classes from "./Sidebar.module.css";
import { UserMenu } from "./UserMenu";

interface SidebarProps {
  /** Icons only. */
  rail: boolean;
  onSearch: () => void;
  onShortcuts: () => void;
}

/** The navigation at the left edge; hidden on a phone, where TopBar and BottomBar stand in. */
export function Sidebar({ rail, onSearch, onShortcuts }: SidebarProps) {
  const { t } = useTranslation();
  const workspace = useSession().data?.workspace.name;
  return (
    <aside className={classes["sidebar"]} data-rail={rail}>
      <div className={classes["head"]}>
        <Link to="/" className={classes["brand"]} aria-label={rail ? workspace : undefined}>
          <Logo size={26} />
          {!rail && (
            <Text fw={600} truncate>
              {workspace}
            </Text>
          )}
        </Link>
        <NotificationBell position={rail ? "right-start" : "bottom-start"} />
      </div>
      {rail ? (
        <IconButton name={t("search")} side="right" size={36} onClick={onSearch}>
          <IconSearch size={18} stroke={1.7} />
        </IconButton>
      ) : (
        <UnstyledButton className={classes["search"]} onClick={onSearch}>
          <Group gap={8} wrap="nowrap">
            <IconSearch size={15} aria-hidden />
            <span>{t("search")}</span>
          </Group>
          <Kbd size="xs" aria-hidden>
            Ctrl K
          </Kbd>
        </UnstyledButton>
      )}
      <nav aria-label={t("nav.label")} className={classes["nav"]}>
        <NavLinks rail={rail} />
      </nav>
      <UserMenu variant={rail ? "rail" : "full"} onShortcuts={onShortcuts} />
    </aside>
  );
}
