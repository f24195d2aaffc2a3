import type { Attribute, Named, Page, Role } from "./types";

// Imports

export type ImportState = "preview" | "queued" | "running" | "finished" | "failed" | "cancelled";

export interface ImportColumn {
  index: number;
  header: string;
  samples: string[];
  guess: { attribute?: string; field?: string } | null;
}

export interface ImportPreview {
  id: number;
  state: ImportState;
  columns: ImportColumn[];
  rows_total_estimate: number;
  encoding: string;
  delimiter: string;
  preview_rows: string[][];
}

export interface ImportError {
  row: number;
  column: string | null;
  value: string | null;
  message: string;
}

export interface ImportProgress {
  id: number;
  state: ImportState;
  processed: number;
  total: number;
  created: number;
  updated: number;
  unchanged: number;
  failed: number;
  errors_sample: ImportError[];
}

export interface ImportStart {
  mapping: { column: number; target: string }[];
  list_id?: number | null;
  update_existing: boolean;
  empty_overwrites: boolean;
}

// Sales

export interface Stage {
  id: number;
  name: string;
}

export interface Pipeline extends Named {
  is_default: boolean;
  stages: Stage[];
}

export type DealStatus = "open" | "won" | "lost" | "outdated";

export interface Deal {
  id: number;
  name: string;
  amount: number | null;
  pipeline: Named;
  stage: Named;
  status: DealStatus;
  owner: Named | null;
  company: Named | null;
  contacts: { id: number; name: string }[];
  created_at: string;
  modified_at: string;
  closed_at: string | null;
}

export interface DealDraft {
  name: string;
  amount: number | null;
  pipeline_id: number;
  stage_id: number;
  status: DealStatus;
  owner_id: number | null;
  company_id: number | null;
  contact_ids: number[];
}

export interface Task {
  id: number;
  title: string;
  note: string | null;
  due_on: string | null;
  done: boolean;
  assignee: Named | null;
  contact: Named | null;
}

export interface Note {
  id: number;
  text: string;
  created_at: string;
  author: string | null;
}

// Notifications and settings

export interface Notification {
  id: number;
  title: string;
  body: string;
  contact: Named | null;
  automation: Named | null;
  created_at: string;
  read_at: string | null;
}

export interface NotificationPage extends Page<Notification> {
  unread: number;
}

export interface Workspace {
  name: string;
  time_zone: string;
  re_entry_by_marketers: boolean;
}

export interface MailServer {
  host: string;
  port: number;
  username: string;
  password?: string;
  security: "none" | "starttls" | "tls";
  sender_name: string;
  sender_email: string;
  configured: boolean;
}

export interface SentMail {
  id: number;
  to: string;
  subject: string;
  body_text: string;
  state: "pending" | "sent" | "kept" | "failed";
  at: string;
  error: string | null;
}

export interface User {
  id: number;
  email: string;
  name: string;
  roles: Role[];
  active: boolean;
}

export interface ApiKey {
  id: number;
  name: string;
  prefix: string;
  key?: string;
  created_at: string;
  last_used_at: string | null;
}

export interface AuditEntry {
  id: number;
  at: string;
  action: string;
  entity: string;
  entity_id: string | null;
  detail: Record<string, unknown>;
  user: Named | null;
  api_key: Named | null;
}

export interface Vocabulary {
  attributes: Attribute[];
  contact_fields: { key: string; label: string; kind: string }[];
  lists: Named[];
  tags: string[];
  users: { id: number; email: string; name: string; roles: Role[] }[];
  roles: Role[];
  pipelines: Pipeline[];
  segments: Named[];
  event_names: string[];
  company_fields: { key: string; label: string; kind: string }[];
  operators: Record<string, { key: string; label: string; value: string }[]>;
}
