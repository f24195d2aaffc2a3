/** Short names for the shapes of our own API; schema.d.ts is made from its OpenAPI file by `npm run api`. */

import type { AutomationDocument } from "@/flow/document";

import type { components } from "./schema";

type Schemas = components["schemas"];

/** What a role may allow; the names that this screen asks for. */
export type Permission =
  | "automations.view"
  | "automations.edit"
  | "automations.comment"
  | "automations.activate"
  | "automations.enter"
  | "automations.re_entry"
  | "contacts.view"
  | "contacts.edit"
  | "contacts.merge"
  | "contacts.import"
  | "contacts.export"
  | "mail.view"
  | "mail.edit"
  | "forms.view"
  | "forms.edit"
  | "campaigns.view"
  | "campaigns.edit"
  | "campaigns.send"
  | "deals.view"
  | "deals.edit"
  | "pipelines.edit"
  | "notifications.view"
  | "profile.edit"
  | "attributes.edit"
  | "settings.view"
  | "settings.edit"
  | "users.manage"
  | "api_keys.manage"
  | "webhooks.manage"
  | "audit.view"
  | "operations.view"
  | "operations.replay";

export interface Page<T> {
  items: T[];
  next_cursor: string | null;
  total?: number;
}

export type Merge = Schemas["Merge"];
export type MergeField = Schemas["MergeField"];
export type MergePreview = Schemas["MergePreview"];
export type MergeRequest = Schemas["MergeRequest"];
export type Visit = Schemas["Visit"];
export type PageView = Schemas["PageView"];
export type Site = Schemas["Site"];
export type NewSite = Schemas["NewSite"];
export type Interest = Schemas["Interest"];
export type PageRule = Schemas["PageRule"];
export type SeenPage = Schemas["SeenPage"];
export type ApplyingRules = NonNullable<Schemas["KeptPageRules"]["applying"]>;
export type Webhook = Schemas["Webhook"];
export type NewWebhook = Schemas["NewWebhook"];
export type WebhookDelivery = Schemas["WebhookDelivery"];
export type Source = Schemas["Source"];
export type NewSource = Schemas["NewSource"];
export type SourceMessage = Schemas["SourceMessage"];
export type SourceTrait = Schemas["SourceTrait"];
export type TraitDecision = Schemas["TraitDecision"];
export type Named = Schemas["Named"];
export type Session = Schemas["Session"];
export type SessionUser = Schemas["SessionUser"];
export type Theme = SessionUser["theme"];
export type Profile = Schemas["Profile"];

export type AutomationSummary = Schemas["AutomationRow"];
export type AutomationState = AutomationSummary["state"];
export type Radar = Schemas["Radar"];
export type RadarLink = Schemas["RadarLink"];
export type RadarFinding = Schemas["RadarFinding"];
export type RadarPlace = Schemas["RadarPlace"];
export type RadarFix = Schemas["RadarFix"];
export type FoundStep = Schemas["FoundStep"];
export type ToldLine = Schemas["ToldLine"];
export type Thread = Schemas["Thread"];
export type Remark = Schemas["Remark"];
export type Visitor = Schemas["Visitor"];
export type NewEntry = Schemas["NewEntry"];
export type AskedEntry = Schemas["AskedEntry"];
export type Standing = Schemas["Standing"];
export type BulkEntry = Schemas["BulkEntry"];
export type Resumption = Schemas["Resumption"];
export type ResumePreview = Schemas["ResumePreview"];
export type Activation = Schemas["Activation"];
export type PeopleChoices = Schemas["PeopleChoices"];
export type PlaceInside = Schemas["PlaceInside"];
export type Version = Schemas["Version"];
export type Stop = Partial<Schemas["Stop"]>;
export type AutomationTemplate = Omit<Schemas["Template"], "document"> & { document: AutomationDocument };
export type NewAutomation = Schemas["NewAutomation"];
/** A document as it is sent; the server validates it, whatever it holds. */
export type SentDocument = Schemas["Document"];

/** A condition of the shared language: `all`, `any`, `not` over comparisons. */
export type Condition = Schemas["NewSegment"]["condition"];

export type Attribute = Schemas["Attribute"];
export type AttributeKind = Attribute["kind"];
export type NewAttribute = Schemas["NewAttribute"];
/** What an attribute may hold; the server sends it untyped, as its type is data. */
export type AttributeValue = string | number | boolean | string[] | null;

export type Contact = Schemas["Contact"];
export type ContactDetail = Schemas["ContactDetail"];
export type ContactDraft = Schemas["ContactChange"];
export type TimelineItem = Schemas["TimelineItem"];
export type TimelineKind = TimelineItem["kind"];
export type PathStep = Schemas["PathStep"];
export type ContactEnrollment = Schemas["ContactEnrollment"];
export type EnrollmentState = ContactEnrollment["state"];
export type Refusal = Schemas["Refusal"];
export type Note = Schemas["Note"];
export type Task = Schemas["Task"];
export type NewTask = Schemas["NewTask"];
export type Segment = Schemas["Segment"];
export type ContactList = Schemas["ContactList"];

export type ImportColumn = Schemas["ImportColumn"];
export type ImportPreview = Schemas["ImportPreview"];
export type ImportProgress = Schemas["ImportProgress"];
export type ImportState = ImportProgress["state"];
export type ImportStart = Schemas["ImportStart"];

export type Pipeline = Schemas["Pipeline"];
export type Deal = Schemas["Deal"];
export type DealStatus = Deal["status"];
/** A deal as its form holds it: every field said. */
export type DealDraft = Required<Schemas["NewDeal"]>;

export type Notification = Schemas["Notification"];
export type NotificationPage = Schemas["NotificationPage"];

export type Workspace = Schemas["Workspace"];
export type WorkspaceChange = Schemas["WorkspaceChange"];
export type MailServer = Schemas["MailServer"];
export type MailServerChange = Schemas["MailServerChange"];
export type SentMail = Schemas["SentMail"];
export type User = Schemas["User"];
export type Role = User["roles"][number];
export type NewUser = Schemas["NewUser"];
export type UserChange = Schemas["UserChange"];
export type ApiKey = Schemas["ApiKey"];
export type AuditEntry = Schemas["AuditEntry"];
export type Operations = Schemas["Operations"];
export type Activity = Schemas["Activity"];
export type Minute = Schemas["Minute"];
export type DeadLetter = Schemas["DeadLetter"];
export type DeadLetterGroup = Schemas["DeadLetterGroup"];
export type Replayed = Schemas["Replayed"];
export type HookAddress = Schemas["HookAddress"];
export type HookCall = Schemas["HookCall"];
export type HookValue = Schemas["HookValue"];
export type HookPreview = Schemas["HookPreview"];
export type EventPlace = Schemas["EventPlace"];
export type Vocabulary = Schemas["Vocabulary"];
export type VocabularyUser = Schemas["VocabularyUser"];
