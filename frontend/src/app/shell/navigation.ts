import { IconBell, IconCoins, IconRoute, IconSettings, IconUsers, type TablerIcon } from "@tabler/icons-react";

import type { Permission } from "@/api/types";

export interface NavItem {
  key: "automations" | "contacts" | "deals" | "notifications" | "settings";
  path: string;
  icon: TablerIcon;
  /** Left out for who may not see it; the settings page has something for everybody. */
  permission?: Permission;
}

export const navItems: NavItem[] = [
  { key: "automations", path: "/automations", icon: IconRoute, permission: "automations.view" },
  { key: "contacts", path: "/contacts", icon: IconUsers, permission: "contacts.view" },
  { key: "deals", path: "/deals", icon: IconCoins, permission: "deals.view" },
  { key: "notifications", path: "/notifications", icon: IconBell, permission: "notifications.view" },
  { key: "settings", path: "/settings", icon: IconSettings },
];
