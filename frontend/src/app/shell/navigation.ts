import { IconBell, IconBriefcase, IconCoins, IconMail, IconRoute, IconSettings, IconSpeakerphone, IconUsers, type TablerIcon } from "@tabler/icons-react";

import { useCan } from "@/api/session";
import type { Permission } from "@/api/types";

export interface NavItem {
  key: "work" | "automations" | "campaigns" | "contacts" | "templates" | "deals" | "notifications" | "settings";
  path: string;
  icon: TablerIcon;
  keys?: string;
  /** Left out for who may not see it; the settings page has something for everybody. */
  permission?: Permission;
}

/** The bell leads there, so it stands in no list of places but that of commands. */
export const notifications: NavItem = {
  key: "notifications",
  path: "/notifications",
  icon: IconBell,
  keys: "G N",
  permission: "notifications.view",
};

const navItems: NavItem[] = [
  { key: "work", path: "/work", icon: IconBriefcase, permission: "deals.edit" },
  { key: "automations", path: "/automations", icon: IconRoute, keys: "G A", permission: "automations.view" },
  { key: "campaigns", path: "/campaigns", icon: IconSpeakerphone, keys: "G M", permission: "campaigns.view" },
  { key: "contacts", path: "/contacts", icon: IconUsers, keys: "G C", permission: "contacts.view" },
  { key: "templates", path: "/templates", icon: IconMail, keys: "G T", permission: "mail.view" },
  { key: "deals", path: "/deals", icon: IconCoins, keys: "G D", permission: "deals.view" },
  { key: "settings", path: "/settings", icon: IconSettings },
];

/** Where this user begins: those who sell but build no automations, with what is theirs. */
export function useHome(): string {
  const can = useCan();
  return can("deals.edit") && !can("automations.edit") ? "/work" : "/automations";
}

/** The places this user may go to. */
export function useNavItems(): NavItem[] {
  const can = useCan();
  return navItems.filter(({ permission }) => !permission || can(permission));
}
