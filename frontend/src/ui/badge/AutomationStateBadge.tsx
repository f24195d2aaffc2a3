import { useTranslation } from "react-i18next";

import type { AutomationState } from "@/api/types";

import { Pill, type Tone } from "./Pill";

const tones: Record<AutomationState, Tone> = { draft: "neutral", active: "ok", paused: "warn", archived: "neutral" };

export function AutomationStateBadge({ state }: { state: AutomationState }) {
  const { t } = useTranslation();
  return <Pill tone={tones[state]}>{t(`automationState.${state}`)}</Pill>;
}
