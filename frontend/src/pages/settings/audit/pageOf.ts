import { editorAt } from "@/ui/editorAt";

const pages: Record<string, (id: string) => string> = {
  automation: (id) => editorAt(Number(id), null),
  campaign: (id) => `/campaigns/${id}`,
  contact: (id) => `/contacts/${id}`,
  deal: (id) => `/deals?deal=${id}`,
  segment: (id) => `/contacts?segment=${id}`,
  template: (id) => `/templates/${id}`,
};

/** The sections of the settings that show the others. */
const sections: Record<string, string> = {
  api_key: "api-keys",
  attribute: "attributes",
  folder: "lists",
  form: "forms",
  list: "lists",
  mail_domain: "mail",
  pipeline: "pipelines",
  sender: "mail",
  site: "websites",
  source: "sources",
  topic: "topics",
  user: "users",
  webhook: "webhooks",
};

/** Where an entity is shown; null for one that no page shows. */
export function pageOf(entity: string, id: string): string | null {
  const section = sections[entity];
  return pages[entity]?.(id) ?? (section ? `/settings/${section}` : null);
}

/** Opened as whole documents: only those of mail may show pictures from the web. */
export const isDocument = (entity: string) => entity === "campaign" || entity === "template";
