/** The shapes of our own API that the screen works with. */

export type Permission =
  | "automations.view"
  | "automations.edit"
  | "automations.activate"
  | "automations.re_entry"
  | "contacts.view"
  | "contacts.edit"
  | "contacts.import"
  | "contacts.export"
  | "deals.view"
  | "deals.edit"
  | "notifications.view"
  | "settings.view"
  | "settings.edit"
  | "users.manage"
  | "api_keys.manage"
  | "audit.view";

export type Role = "owner" | "admin" | "sales_admin" | "marketer" | "rep" | "guest";

export type Theme = "system" | "light" | "dark";

export interface SessionUser {
  id: number;
  email: string;
  name: string;
  locale: string;
  theme?: Theme | null;
  roles: Role[];
  permissions: Permission[];
}

export interface Session {
  user: SessionUser | null;
  csrf_token: string;
  workspace: { name: string; time_zone: string; demo: boolean };
}
