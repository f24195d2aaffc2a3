import { useTranslation } from "react-i18next";

import type { CampaignState } from "@/api/campaigns";
import { Pill, type Tone } from "@/ui/badge/Pill";

const tones: Record<CampaignState, Tone> = {
  draft: "neutral",
  scheduled: "accent",
  sending: "accent",
  paused: "warn",
  done: "ok",
  cancelled: "neutral",
};

export function CampaignStateBadge({ state }: { state: CampaignState }) {
  const { t } = useTranslation("campaigns");
  return <Pill tone={tones[state]}>{t(`state.${state}`)}</Pill>;
}
