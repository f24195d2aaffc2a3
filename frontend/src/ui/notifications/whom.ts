import type { Notification } from "@/api/types";

/** Whom an alert is about, unless its own words say so. */
export function whom({ title, body, contact }: Pick<Notification, "title" | "body" | "contact">): string | null {
  if (!contact?.name) return null;
  return `${title} ${body}`.includes(contact.name) ? null : contact.name;
}
