import { useState } from "react";
import { useTranslation } from "react-i18next";

import { useStepWords } from "@/canvas/state/EditorContext";
import type { Clash, Side } from "@/flow/merge";
import { toastProblem } from "@/ui/feedback/toast";

import { WhoseStays } from "./WhoseStays";

interface ConflictDialogProps {
  clashes: readonly Clash[];
  resolve: (prefer: Side) => Promise<void>;
}

/** Two drafts clash as they are put together: nothing is saved before the answer. */
export function ConflictDialog({ clashes, resolve }: ConflictDialogProps) {
  const { t } = useTranslation("together");
  const words = useStepWords();
  const [busy, setBusy] = useState(false);
  const choose = (prefer: Side) => {
    setBusy(true);
    void resolve(prefer)
      .catch(toastProblem)
      .finally(() => setBusy(false));
  };
  const name = (clash: Clash): string => {
    if (clash.kind === "step") return words.type(clash.type);
    if (clash.kind === "way") return t("clash.way", { step: words.step(clash.edge.from), port: words.port(clash.edge) });
    return t(`clash.${clash.kind}`);
  };
  return <WhoseStays opened={clashes.length > 0} things={clashes.map(name)} rest={t("clash.rest")} busy={busy} onChoose={choose} />;
}
