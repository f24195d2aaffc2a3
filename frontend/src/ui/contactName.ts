import type { Contact } from "@/api/types";

type NamedContact = Pick<Contact, "id" | "email" | "phone" | "ext_id" | "attributes">;

/** What a contact is called: first and last name, else the address it is known by. */
export function contactName({ id, email, phone, ext_id, attributes }: NamedContact): string {
  const names = [attributes["FIRSTNAME"], attributes["LASTNAME"]].filter((part) => typeof part === "string" && part);
  return names.join(" ") || email || phone || ext_id || `#${id}`;
}
