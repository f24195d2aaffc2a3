import { notifications } from "@mantine/notifications";
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
          go();
        }}
      >
        {message}
      </Offer>
    ),
  });
}
