import type { Notification } from "@/api/types";

/** Whom an alert is about, unless its own words say so. */
export function whom({ title, body, contact }: Pick<Notification, "title" | "body" | "contact">): string | null {
  if (!contact?.name) return null;
  const name = contact.name.replaceAll(/[.*+?^${}()|[\]\\]/gu, String.raw`\$&`);
  const told = new RegExp(`(?<![\\p{L}\\p{N}])${name}(?![\\p{L}\\p{N}])`, "u").test(`${title} ${body}`);
  return told ? null : contact.name;
}
