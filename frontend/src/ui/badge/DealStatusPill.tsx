import { useTranslation } from "react-i18next";

import type { DealStatus } from "@/api/types";

import { Pill, type Tone } from "./Pill";

const tones: Record<DealStatus, Tone> = { open: "accent", won: "ok", lost: "bad", outdated: "neutral" };

export function DealStatusPill({ status }: { status: DealStatus }) {
  const { t } = useTranslation();
  return <Pill tone={tones[status]}>{t(`dealStatus.${status}`)}</Pill>;
}
