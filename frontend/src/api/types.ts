/** The shapes of our own API that the screen works with. */

import type { AutomationDocument } from "@/flow/document";

export type { AutomationDocument };

export type * from "./officeTypes";

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
  | "pipelines.edit"
  | "profile.edit"
  | "events.record"
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

export interface Page<T> {
  items: T[];
  next_cursor: string | null;
  total?: number | null;
}

/** A short list that comes whole. */
export interface All<T> {
  items: T[];
}

export interface Named {
  id: number;
  name: string;
}

// Automations

export type AutomationState = "draft" | "active" | "paused" | "archived";

export interface AutomationSummary {
  id: number;
  name: string;
  state: AutomationState;
  updated_at: string;
  updated_by: string | null;
  activated_at: string | null;
  trigger_summaries: string[];
  inside: number;
  entered_30d: number[];
  finished_30d: number[];
  failed: number;
  problems: { errors: number; warnings: number };
}

export interface AutomationTemplate {
  key: string;
  name: string;
  description: string;
  document: AutomationDocument;
}

// Contacts

export type AttributeKind = "text" | "number" | "date" | "boolean" | "category" | "multiple_choice";
export type AttributeValue = string | number | boolean | string[] | null;

/** One condition of the shared language: all/any/not groups over leaves. */
export type Condition = { [key: string]: unknown };

export interface Contact {
  id: number;
  email: string | null;
  phone: string | null;
  ext_id: string | null;
  created_at: string;
  owner: Named | null;
  company: Named | null;
  tags: string[];
  attributes: Record<string, AttributeValue>;
}

export interface ContactDetail extends Contact {
  lists: Named[];
  time_zone: string | null;
  counts: { deals: number; tasks: number; notes: number };
}

export interface ContactDraft {
  email?: string | null;
  phone?: string | null;
  ext_id?: string | null;
  time_zone?: string | null;
  attributes?: Record<string, AttributeValue>;
  lists?: number[];
  tags?: string[];
  owner_id?: number | null;
  company_id?: number | null;
}

export type TimelineKind = "event" | "note" | "task" | "deal" | "enrollment" | "assignment";

export interface TimelineItem {
  id: string;
  kind: TimelineKind;
  at: string;
  title: string;
  detail: string | null;
  data: Record<string, unknown>;
}

export interface PathStep {
  node: string;
  type: string;
  title: string;
  port: string | null;
  at: string;
  because: string | null;
}

export type EnrollmentState = "active" | "finished" | "failed" | "stopped";

export interface ContactEnrollment {
  id: number;
  automation: Named;
  version: number;
  state: EnrollmentState;
  entered_at: string;
  exited_at: string | null;
  event: { name: string; at: string } | null;
  node: string | null;
  wake_at: string | null;
  reason: string | null;
  path: PathStep[];
}

export interface Refusal {
  automation: Named;
  reason: string;
  times: number;
  last_at: string;
}

export interface Segment extends Named {
  condition: Condition;
  count: number;
}

export interface ContactList extends Named {
  folder: Named | null;
  count: number;
}

export interface Company extends Named {
  country: string | null;
  industry: string | null;
  size: number | null;
  domain: string | null;
}

export interface Attribute {
  name: string;
  kind: AttributeKind;
  options: string[];
}
