import { useState } from "react";
import { useTranslation } from "react-i18next";

import { useUser } from "@/api/session";

import { useTogether } from "./TogetherContext";
import { useVisitorName } from "./useNames";

export interface StepLock {
  /** Says who works on the step, and came before; null: nobody, or it was taken over. */
  readonly told: string | null;
  readonly take: () => void;
}

/** Keeps two from changing one step at once, unless they want to; also two windows of one person. */
export function useStepLock(node: string): StepLock {
  const { t } = useTranslation("together");
  const nameOf = useVisitorName();
  const me = useUser().id;
  const held = useTogether().holderOf(node);
  const [taken, setTaken] = useState(false);
  const take = () => setTaken(true);
  if (!held || taken) return { told: null, take };
  return { told: held.user.id === me ? t("lock.own") : t("lock.held", { name: nameOf(held) }), take };
}
