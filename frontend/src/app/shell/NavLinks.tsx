import { Tooltip } from "@mantine/core";
import { useTranslation } from "react-i18next";
import { NavLink } from "react-router";

import { useNotifications } from "@/api/notifications";
import { useCan } from "@/api/session";

import classes from "./NavLinks.module.css";
import { type NavItem, navItems } from "./navigation";

/** The places this user may go to. */
export function useNavItems(): NavItem[] {
  const can = useCan();
  return navItems.filter(({ permission }) => !permission || can(permission));
}

export function useUnread(): number {
  const enabled = useCan()("notifications.view");
  return useNotifications({ enabled }).unread;
}

export function NavLinks({ rail }: { rail: boolean }) {
  const { t } = useTranslation();
  const unread = useUnread();
  return (
    <ul className={classes["list"]} data-rail={rail}>
      {useNavItems().map(({ key, path, icon: Icon }) => (
        <li key={key}>
          <Tooltip label={t(`nav.${key}`)} position="right" disabled={!rail}>
            <NavLink to={path} className={classes["link"] ?? ""} aria-label={rail ? t(`nav.${key}`) : undefined}>
              <Icon size={18} stroke={1.7} aria-hidden />
              {!rail && <span>{t(`nav.${key}`)}</span>}
              {!rail && key === "notifications" && unread > 0 && <span className={classes["count"]}>{unread}</span>}
            </NavLink>
          </Tooltip>
        </li>
      ))}
    </ul>
  );
}
