import { type NotificationData, notifications } from "@mantine/notifications";
import { IconAlertTriangle, IconBan } from "@tabler/icons-react";
import i18next from "i18next";

import { Offer } from "@/ui/feedback/Offer";

/** Says why something may not be done. */
export function toastRefusal(message: string): void {
  notifications.show({
    color: "yellow",
    icon: <IconBan size={16} />,
    withBorder: true,
    closeButtonProps: { "aria-label": i18next.t("close") },
    message,
  });
}

/** Says what is still missing, and offers to go there. */
export function toastUnfinished(message: string, action: string, go: () => void): void {
  warn(message, action, go);
}

/** Says that others took away what was worked on, and offers it back for as long as nobody has answered. */
export function toastLost(message: string, action: string, giveBack: () => void): void {
  warn(message, action, giveBack, { autoClose: false });
}

function warn(message: string, action: string, take: () => void, how: Pick<NotificationData, "autoClose"> = {}): void {
  const id = notifications.show({
    color: "yellow",
    icon: <IconAlertTriangle size={16} />,
    withBorder: true,
    closeButtonProps: { "aria-label": i18next.t("close") },
    message: (
      <Offer
        label={action}
        onTake={() => {
          notifications.hide(id);
          take();
        }}
      >
        {message}
      </Offer>
    ),
    ...how,
  });
}
