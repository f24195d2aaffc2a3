import { useTranslation } from "react-i18next";

import type { Campaign } from "@/api/campaigns";

import { useWorkspaceMoment } from "./useWorkspaceMoment";

/** What a campaign waits for, if for anything: its time, the next time zone, or the winner. */
export function Waits({ campaign }: { campaign: Campaign }) {
  const { t } = useTranslation("campaigns");
  const moment = useWorkspaceMoment();
  const { state, waits_until: until, decide_at: decides, winner, fault } = campaign;
  if (fault) return state === "paused" ? t("fault", { fault }) : fault;
  if (!until) return null;
  const at = moment(until);
  if (state === "scheduled") return t("waits.start", { at });
  if (state !== "sending") return null;
  return decides && !winner ? t("waits.winner", { at }) : t("waits.zone", { at });
}
