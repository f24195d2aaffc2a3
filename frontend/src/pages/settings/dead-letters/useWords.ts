import { useTranslation } from "react-i18next";

import type { DeadLetter, Replayed } from "@/api/types";

/** What is said of dead letters: their kind, what they are about, and what became of those tried again. */
export function useWords() {
  const { t, i18n } = useTranslation("operations");
  /** A kind that this screen has no word for is shown as the server names it. */
  const kind = (name: string) =>
    i18n.exists(`deadLetters.kinds.${name}`, { ns: "operations" }) ? t(`deadLetters.kinds.${name as "event"}`) : name;
  const about = ({ event, automation, node, tries }: DeadLetter) =>
    [
      event,
      automation?.name,
      node && t("deadLetters.step", { node }),
      tries !== null && t("deadLetters.tries", { count: tries }),
    ]
      .filter(Boolean)
      .join(" · ");
  const outcome = ({ replayed, obsolete, blocked }: Replayed) =>
    [
      replayed > 0 && t("deadLetters.replayed", { count: replayed }),
      obsolete > 0 && t("deadLetters.obsolete", { count: obsolete }),
      blocked > 0 && t("deadLetters.blocked", { count: blocked }),
    ]
      .filter(Boolean)
      .join(" ") || t("deadLetters.nothing");
  return { kind, about, outcome };
}
