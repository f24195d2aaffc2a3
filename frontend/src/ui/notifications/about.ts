import type { Notification } from "@/api/types";

/** The address of what a notification is about: its contact, else its comment or automation. */
export function about({ contact, automation, comment }: Notification): string | null {
  if (contact) return `/contacts/${contact.id}`;
  if (!automation) return null;
  return `/automations/${automation.id}${comment ? `?comment=${String(comment)}` : ""}`;
}
