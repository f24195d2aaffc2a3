import { useTranslation } from "react-i18next";

import type { AuditEntry } from "@/api/types";
import { useFormat } from "@/ui/format";

type Hours = { from: string; to: string };
type Value = null | boolean | number | string | Hours | Value[];
type Choice = { way: string; to: string | null; repeat: boolean };
type People = { everybody: Choice; places: (Choice & { version: number; node: string })[] };

/** Where the words stand for what a detail may be. */
const choices: Record<string, string[]> = {
  changed: ["settings:audit.detail"],
  fields: ["settings:audit.detail"],
  kind: ["settings:kind", "operations:deadLetters.kinds"],
  overdue: ["standstill:resume"],
  roles: ["common:role"],
};

/** Numbers that name something rather than count it. */
const ids = new Set(["contact", "enrollment", "merge", "process"]);

const isEmpty = (value: unknown) => value === null || value === "" || (Array.isArray(value) && value.length === 0);

/** "21:00–09:00". */
const hours = ({ from, to }: Hours) => `${from}–${to}`;

/** The texts that an entry is told with. */
export const auditTexts = ["settings", "common", "operations", "standstill", "versions"] as const;

/** The verb of an action: "user.created" and "created" are the same. */
export function verbOf(action: string): string {
  return action.split(".").at(-1) ?? action;
}

/** Which one was changed, by its name of today; what is gone goes by the name it had then, or by its number. */
export function nameOf({ name, entity_id, detail }: AuditEntry): string | null {
  const then = typeof detail["name"] === "string" ? detail["name"] : null;
  return entity_id && (name ?? then ?? `#${entity_id}`);
}

/** Tells an entry; what this screen has no words for is shown as the server names it. */
export function useAuditWords() {
  const { t, i18n } = useTranslation(auditTexts);
  const format = useFormat();
  const known = (key: string) => (i18n.exists(key) ? t(key as "settings:audit.none") : null);

  const said = (key: string, value: Value): string => {
    if (value === null) return t("common:notSet");
    if (typeof value === "boolean") return t(value ? "common:yes" : "common:no");
    if (typeof value === "number") {
      if (ids.has(key)) return `#${String(value)}`;
      return key === "port" ? String(value) : format.number(value);
    }
    if (Array.isArray(value)) {
      const isTold = value.some((each) => typeof each === "string");
      return isTold ? value.map((each) => said(key, each)).join(", ") : format.number(value.length);
    }
    if (typeof value === "object") return hours(value);
    return choices[key]?.map((place) => known(`${place}.${value}`)).find(Boolean) ?? value;
  };

  const way = ({ way: chosen, to, repeat }: Choice) => {
    const words = to ? t("settings:audit.people.go", { step: to }) : (known(`versions:people.${chosen}`) ?? chosen);
    return repeat ? t("settings:audit.people.repeat", { way: words }) : words;
  };
  const people = ({ everybody, places }: People) => [
    format.named(t("versions:people.everybody"), way(everybody)),
    ...places.map((place) =>
      format.named(t("settings:audit.people.place", { step: place.node, version: place.version }), way(place)),
    ),
  ];

  return {
    /** "Automation: switched on". */
    what: ({ action, entity }: AuditEntry) => {
      const words = known(`settings:audit.action.${action}`) ?? known(`settings:audit.verb.${verbOf(action)}`);
      return format.named(known(`settings:audit.entity.${entity}`) ?? entity, words ?? action);
    },
    /** "Version: 3 · Everybody: Move to the new version"; of settings, also what was emptied. */
    detail: (entry: AuditEntry) =>
      Object.entries(entry.detail)
        .filter(([key, value]) => !(key === "name" && value === nameOf(entry)))
        .filter(([, value]) => !isEmpty(value) || entry.entity === "workspace")
        .toSorted(([one], [other]) => Number(one === "people") - Number(other === "people"))
        .flatMap(([key, value]) =>
          key === "people"
            ? people(value as People)
            : [format.named(known(`settings:audit.detail.${key}`) ?? key, said(key, value as Value))],
        )
        .join(" · "),
  };
}
