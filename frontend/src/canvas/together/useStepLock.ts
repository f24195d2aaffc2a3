import { useState } from "react";

import { useTogether } from "./TogetherContext";
import { useVisitorName } from "./useNames";

export interface StepLock {
  /** Who works on the step, and came before; null: nobody, or it was taken over. */
  readonly holder: string | null;
  readonly take: () => void;
}

/** Keeps two from changing one step at once, unless they want to. */
export function useStepLock(node: string): StepLock {
  const nameOf = useVisitorName();
  const held = useTogether().holderOf(node);
  const [taken, setTaken] = useState(false);
  return { holder: held && !taken ? nameOf(held) : null, take: () => setTaken(true) };
}
