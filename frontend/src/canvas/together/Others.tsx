import { Avatar } from "@mantine/core";
import { useTranslation } from "react-i18next";

import { hint } from "@/ui/hint/hint";

import { Face } from "./Face";
import { useTogether } from "./TogetherContext";
import { useVisitorName } from "./useNames";

const SHOWN = 3;

/** Who else has this automation open now. */
export function Others() {
  const { t } = useTranslation("together");
  const { others } = useTogether();
  const nameOf = useVisitorName();
  const names = [...new Set(others.map(nameOf))];
  if (names.length === 0) return null;
  const words = t("presence.here", { names: names.join(", ") });
  return (
    <Avatar.Group role="img" aria-label={words} tabIndex={0} {...hint(words)}>
      {names.slice(0, SHOWN).map((name) => (
        <Face key={name} name={name} />
      ))}
      {names.length > SHOWN && (
        <Avatar size={26} radius="xl" aria-hidden>
          +{names.length - SHOWN}
        </Avatar>
      )}
    </Avatar.Group>
  );
}
