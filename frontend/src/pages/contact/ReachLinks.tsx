import { ActionIcon } from "@mantine/core";
import { IconMail, IconPhone } from "@tabler/icons-react";
import { useTranslation } from "react-i18next";

import type { ContactDetail } from "@/api/types";
import { hint } from "@/ui/hint/hint";

/** Calls the contact, or writes to it, with whatever the device has for that. */
export function ReachLinks({ contact: { email, phone } }: { contact: ContactDetail }) {
  const { t } = useTranslation("contact");
  const ways = [
    { href: phone && `tel:${phone}`, words: t("reach.call", { number: phone }), Icon: IconPhone },
    { href: email && `mailto:${email}`, words: t("reach.write", { address: email }), Icon: IconMail },
  ];
  return ways.map(
    ({ href, words, Icon }) =>
      href && (
        <ActionIcon key={href} component="a" href={href} variant="default" size={36} aria-label={words} {...hint(words)}>
          <Icon size={18} />
        </ActionIcon>
      ),
  );
}
