import { Anchor, Button } from "@mantine/core";
import { IconRoute, IconX } from "@tabler/icons-react";
import { useTranslation } from "react-i18next";
import { Link } from "react-router";

import { useContact } from "@/api/contacts";
import type { ContactEnrollment } from "@/api/types";
import { contactName } from "@/ui/contactName";
import { useFormat } from "@/ui/format";

import { BannerLine } from "./BannerLine";

interface WayBannerProps {
  contact: number;
  run: ContactEnrollment;
  onLeave: () => void;
}

/** Whose way is lit, when it began and where it stands; and the way back to all contacts. */
export function WayBanner({ contact, run, onLeave }: WayBannerProps) {
  const { t } = useTranslation("reading");
  const format = useFormat();
  const known = useContact(contact).data;
  const { version, entered_at, state, wake_at, reason } = run;
  const entered = t("way.entered", { version, time: format.dateTime(entered_at) });
  const stands = state === "active" && wake_at ? t("way.until", { time: format.dateTime(wake_at) }) : t(`way.${state}`);
  const leave = (
    <Button size="compact-sm" variant="default" leftSection={<IconX size={14} />} onClick={onLeave}>
      {t("way.leave")}
    </Button>
  );
  return (
    <BannerLine tone="way" icon={<IconRoute size={16} aria-hidden />} action={leave}>
      <span role="status">
        <Anchor component={Link} to={`/contacts/${String(contact)}?tab=automations`} inherit fw={600} underline="always" c="inherit">
          {t("way.of", { name: known ? contactName(known) : `#${String(contact)}` })}
        </Anchor>
        {` · ${entered} · ${reason && state !== "finished" ? format.named(stands, reason) : stands}`}
      </span>
    </BannerLine>
  );
}
