import { IconAlertTriangle, IconCheck, IconCloudOff, IconLoader2 } from "@tabler/icons-react";
import { useTranslation } from "react-i18next";

import type { SaveState } from "@/canvas/state/Autosaver";
import { useFormat } from "@/ui/format";
import { hint } from "@/ui/hint/hint";

import classes from "./TopBar.module.css";

/** Whether the draft is on the server. */
export function SaveIndicator({ state }: { state: SaveState }) {
  const { t } = useTranslation("editor");
  const format = useFormat();
  const busy = state.kind === "pending" || state.kind === "saving";
  const icon = {
    saved: <IconCheck size={15} aria-hidden />,
    pending: <IconLoader2 size={15} aria-hidden />,
    saving: <IconLoader2 size={15} aria-hidden />,
    offline: <IconCloudOff size={15} aria-hidden />,
    conflict: <IconAlertTriangle size={15} aria-hidden />,
    refused: <IconAlertTriangle size={15} aria-hidden />,
  }[state.kind];
  const words =
    state.kind === "saved"
      ? t("save.saved", { time: format.time(state.at.toISOString()) })
      : t(`save.${busy ? "saving" : state.kind}`);
  const detail = state.kind === "refused" ? state.reason : t(`save.${busy ? "saving" : state.kind}_detail`);
  return (
    <span
      className={classes["save"]}
      data-state={state.kind}
      role="status"
      aria-live={busy ? "off" : "polite"}
      {...hint(detail)}
    >
      {icon}
      <span className={`tabular ${classes["saveWords"] ?? ""}`}>{words}</span>
    </span>
  );
}
