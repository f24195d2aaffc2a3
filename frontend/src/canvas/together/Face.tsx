import { Avatar } from "@mantine/core";

import { initials } from "@/ui/initials";

/** A small round picture that stands for a person: the same colour everywhere. */
export function Face({ name, size = 26 }: { name: string; size?: number }) {
  return (
    <Avatar size={size} radius="xl" name={name} color="initials" variant="filled" autoContrast aria-hidden>
      {initials(name)}
    </Avatar>
  );
}
