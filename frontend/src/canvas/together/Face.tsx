import { Avatar } from "@mantine/core";

import { initials } from "@/ui/initials";

/** Dark enough for white letters, in the light and in the dark. */
const COLOURS = ["blue.9", "grape.9", "teal.9", "red.9", "indigo.9", "pink.9", "violet.9", "cyan.9"];

/** A small round picture that stands for a person: the same colour everywhere. */
export function Face({ name, size = 26 }: { name: string; size?: number }) {
  return (
    <Avatar size={size} radius={size} name={name} color="initials" allowedInitialsColors={COLOURS} variant="filled" aria-hidden>
      {initials(name)}
    </Avatar>
  );
}
