import { useTranslation } from "react-i18next";

import type { AuditEntry } from "@/api/types";
import { type Formats, useFormat } from "@/ui/format";

/** The verb of an action: "user.created" and "created" are the same. */
export function verbOf(action: string): string {
  return action.split(".").at(-1) ?? action;
}

/** Details as "name: Lead scoring, fields: amount, status"; without what is empty. */
export function detailWords(detail: Record<string, unknown>, { named }: Formats): string {
  const words = (value: unknown) => (Array.isArray(value) ? value.join(", ") : String(value));
  return Object.entries(detail)
    .filter(([, value]) => value !== null && value !== "" && typeof value !== "object" || Array.isArray(value))
    .map(([key, value]) => named(key, words(value)))
    .join(" · ");
}

/** Says what was done to what; an action that this screen has no words for is shown as the server names it. */
export function useActionWords(): (entry: AuditEntry) => string {
  const { t, i18n } = useTranslation("settings");
  const { named } = useFormat();
  const known = (key: string) => i18n.exists(key, { ns: "settings" });
  return ({ action, entity, entity_id }) => {
    const verb = verbOf(action);
    const verbWords = known(`audit.verb.${verb}`) ? t(`audit.verb.${verb as "created"}`) : action;
    const entityWords = known(`audit.entity.${entity}`) ? t(`audit.entity.${entity as "contact"}`) : entity;
    return [named(entityWords, verbWords), entity_id && `#${entity_id}`].filter(Boolean).join(" ");
  };
}
