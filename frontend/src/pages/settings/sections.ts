import {
  IconActivity,
  IconAdjustments,
  IconAlertTriangle,
  IconBellCheck,
  IconBuilding,
  IconForms,
  IconHistory,
  IconKey,
  IconList,
  IconMail,
  IconMailForward,
  IconMessage,
  IconPlugConnected,
  IconTimeline,
  IconUserCircle,
  IconUsersGroup,
  IconWebhook,
  IconWorld,
  type TablerIcon,
} from "@tabler/icons-react";

import type { Permission } from "@/api/types";

interface Group {
  key: string;
  sections: readonly { key: string; icon: TablerIcon; permission: Permission }[];
}

/** The sections of the settings by what they are about; each is left out for who may not see it. */
export const groups = [
  {
    key: "workspace",
    sections: [
      { key: "profile", icon: IconUserCircle, permission: "profile.edit" },
      { key: "workspace", icon: IconBuilding, permission: "settings.view" },
      { key: "users", icon: IconUsersGroup, permission: "users.manage" },
    ],
  },
  {
    key: "data",
    sections: [
      { key: "attributes", icon: IconAdjustments, permission: "settings.view" },
      { key: "lists", icon: IconList, permission: "contacts.edit" },
      { key: "topics", icon: IconBellCheck, permission: "settings.view" },
      { key: "pipelines", icon: IconTimeline, permission: "pipelines.edit" },
    ],
  },
  {
    key: "channels",
    sections: [
      { key: "websites", icon: IconWorld, permission: "settings.view" },
      { key: "forms", icon: IconForms, permission: "forms.view" },
      { key: "mail", icon: IconMail, permission: "settings.edit" },
      { key: "sent-mail", icon: IconMailForward, permission: "settings.edit" },
      { key: "sms", icon: IconMessage, permission: "settings.edit" },
    ],
  },
  {
    key: "developers",
    sections: [
      { key: "api-keys", icon: IconKey, permission: "api_keys.manage" },
      { key: "sources", icon: IconPlugConnected, permission: "settings.edit" },
      { key: "webhooks", icon: IconWebhook, permission: "webhooks.manage" },
    ],
  },
  {
    key: "operations",
    sections: [
      { key: "operations", icon: IconActivity, permission: "operations.view" },
      { key: "dead-letters", icon: IconAlertTriangle, permission: "operations.view" },
      { key: "audit", icon: IconHistory, permission: "audit.view" },
    ],
  },
] as const satisfies readonly Group[];
