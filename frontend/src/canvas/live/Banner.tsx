import { Button } from "@mantine/core";
import { IconLock, IconPencil } from "@tabler/icons-react";
import { useTranslation } from "react-i18next";

import type { Automation } from "@/api/editor";
import type { View } from "@/canvas/bar/TopBar";

import classes from "./Banner.module.css";
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
  if (state === "archived") return <p className={classes["banner"]}>{t("banner.archived")}</p>;
  if (version === null) return mayEdit ? null : <p className={classes["banner"]}>{t("banner.read_only")}</p>;
  if (view === "live") {
    const words = shown !== null && shown !== version ? "banner.older" : state === "paused" ? "banner.paused" : "banner.live";
    return (
      <div className={classes["banner"]} data-live>
        <IconLock size={16} aria-hidden />
        <span>{t(words, { version, shown })}</span>
        <LiveFigures />
        {mayEdit && (
          <Button size="compact-sm" variant="default" leftSection={<IconPencil size={14} />} onClick={() => onView("draft")}>
            {t("banner.edit")}
          </Button>
        )}
      </div>
    );
  }
  return (
    <div className={classes["banner"]}>
      <IconPencil size={16} aria-hidden />
      <span>{t(state === "paused" ? "banner.draft_paused" : "banner.draft", { version })}</span>
    </div>
  );
}
