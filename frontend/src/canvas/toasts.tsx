import { notifications } from "@mantine/notifications";
import { IconBan } from "@tabler/icons-react";

/** Says why something may not be done. */
export function toastRefusal(message: string): void {
  notifications.show({ color: "yellow", icon: <IconBan size={16} />, withBorder: true, message });
}
