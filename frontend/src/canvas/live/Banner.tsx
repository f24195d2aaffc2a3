import { Button } from "@mantine/core";
import { IconLock, IconPencil } from "@tabler/icons-react";
import { useTranslation } from "react-i18next";

import type { Automation } from "@/api/editor";
import type { View } from "@/canvas/bar/TopBar";

import { BannerLine } from "./BannerLine";
import { LiveFigures } from "./LiveFigures";
import { useLiveVersion } from "./liveLook";
import { useShownWay } from "./shownWay";
import { WayBanner } from "./WayBanner";

interface BannerProps {
  automation: Automation;
  view: View;
  onView: (view: View) => void;
  mayEdit: boolean;
}

/** Tells the live look from the draft: what is seen, and what keeps running. */
export function Banner({ automation, view, onView, mayEdit }: BannerProps) {
  const { t } = useTranslation("editor");
  const { version: shown } = useLiveVersion();
  const { contact, run, leave } = useShownWay();
  const { state, version } = automation;
  if (view === "live" && contact !== null && run) return <WayBanner contact={contact} run={run} onLeave={leave} />;
  const lock = <IconLock size={16} aria-hidden />;
  if (state === "archived") return <BannerLine icon={lock}>{t("banner.archived")}</BannerLine>;
  if (version === null) return mayEdit ? null : <BannerLine icon={lock}>{t("banner.read_only")}</BannerLine>;
  if (view === "live") {
    const words = shown !== null && shown !== version ? "banner.older" : state === "paused" ? "banner.paused" : "banner.live";
    const edit = (
      <Button size="compact-sm" variant="default" leftSection={<IconPencil size={14} />} onClick={() => onView("draft")}>
        {t("banner.edit")}
      </Button>
    );
    return (
      <BannerLine tone="live" icon={lock} more={<LiveFigures />} action={mayEdit && edit}>
        {t(words, { version, shown })}
      </BannerLine>
    );
  }
  return (
    <BannerLine icon={<IconPencil size={16} aria-hidden />}>
      {t(state === "paused" ? "banner.draft_paused" : "banner.draft", { version })}
    </BannerLine>
  );
}
