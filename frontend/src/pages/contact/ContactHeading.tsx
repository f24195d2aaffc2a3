import { Avatar, Group } from "@mantine/core";

import type { ContactDetail } from "@/api/types";
import { contactName } from "@/ui/contactName";
import { initials } from "@/ui/initials";

export function ContactHeading({ contact }: { contact: ContactDetail }) {
  const name = contactName(contact);
  return (
    <Group gap="sm" wrap="nowrap">
      <Avatar size={40} radius="xl" color="iris" aria-hidden>
        {initials(name)}
      </Avatar>
      <span>{name}</span>
    </Group>
  );
}
