/** What changed, in words: names of steps, titles of settings, and values as far as they are said shortly. */

import { useTranslation } from "react-i18next";

import { useCheck } from "@/api/editor";
import { beyond } from "@/flow/beyond";
import { type Catalog, portsOf } from "@/flow/catalog";
import type { FieldChange, StepChange, WayChange } from "@/flow/diff";
import type { AutomationDocument, Json } from "@/flow/document";
import { nodeById } from "@/flow/graph";
import { asObject, isObject, listOf } from "@/flow/json";
import { useFormat } from "@/ui/format";

/** One version, with the server's word on each of its steps, and on those of its settings that take more than one. */
export interface Side {
  readonly document: AutomationDocument;
  readonly summaries: Readonly<Record<string, string>>;
  readonly settings: Readonly<Record<string, string>>;
}

export function useSide(document: AutomationDocument): Side {
  const { data } = useCheck(document);
  return { document, summaries: data?.summaries ?? {}, settings: data?.settings ?? {} };
}

export interface Said {
  readonly name: string;
  readonly detail: string;
}

/** What is said of one field of a step. */
interface FieldSaid extends Said {
  readonly field: string;
}

type Named = Omit<FieldSaid, "detail"> & { readonly detail: string | null };

/** A version that is compared with another one, later or earlier. */
export interface Sides {
  readonly before: Side;
  readonly after: Side;
}

const units = new Set(["minutes", "hours", "days", "weeks", "months"]);
const settingTitles = ["re_entry", "exit_conditions", "exit_events", "run_key"] as const;

const pressure = { priority: ["normal", "high", "low"], when_capped: ["wait", "skip"] } as const;

function isPressure(field: string): field is keyof typeof pressure {
  return field in pressure;
}

/** The choice that holds: the first is meant where none is written. */
function pressureOf(field: keyof typeof pressure, value: Json | undefined) {
  return pressure[field].find((each) => each === value) ?? pressure[field][0];
}

export function useChangeWords(catalog: Catalog, { before, after }: Sides) {
  const { t } = useTranslation(["versions", "editor", "settings"]);
  const format = useFormat();
  const step = (id: string, side: Side): string => {
    const node = nodeById(side.document, id);
    return side.summaries[id] || ((node && catalog.get(node.type)?.label) ?? id);
  };
  const say = (value: Json | undefined, schema: Json | undefined): string | null => {
    if (value === undefined || value === null || value === "") return t("no_value");
    if (typeof value === "boolean") return t(value ? "editor:common.yes" : "editor:common.no");
    if (Array.isArray(value)) {
      const items = listOf(asObject(schema)["items"]);
      const said = listOf(value).map((each) => (isObject(each) ? null : say(each, items[0])));
      return said.every((each) => each !== null) ? said.join(", ") || t("no_value") : null;
    }
    if (isObject(value)) {
      const { amount, unit } = value;
      const short = typeof amount === "number" && typeof unit === "string" && units.has(unit);
      return short ? format.duration(amount, unit) : null;
    }
    const known = listOf(asObject(schema)["oneOf"]).map(asObject).find((each) => each["const"] === value);
    return typeof known?.["title"] === "string" ? known["title"] : typeof value === "string" ? value : JSON.stringify(value);
  };
  const sentence = (id: string, side: Side): string => {
    const node = nodeById(side.document, id);
    return beyond(step(id, side), (node && catalog.get(node.type)?.label) ?? "") || t("no_value");
  };
  /** Before and after; null where that takes more than a word. */
  const fieldOf = (type: string, { field, before: was, after: is }: FieldChange): Named => {
    const schema = asObject(asObject(catalog.get(type)?.schema["properties"])[field]);
    const title = schema["title"];
    const name = field === "type" ? t("type") : typeof title === "string" ? title : field;
    const named = (key: Json | undefined) => (typeof key === "string" && catalog.get(key)?.label) || say(key, schema);
    const [from, to] = field === "type" ? [named(was), named(is)] : [say(was, schema), say(is, schema)];
    return { field, name, detail: from !== null && to !== null ? t("from_to", { from, to }) : null };
  };
  return {
    step,
    /** The step as it is called where it still is, else as it was. */
    stepOf: ({ id, change }: StepChange) => step(id, change === "removed" ? before : after),
    way: ({ edge, change }: WayChange) => {
      const side = change === "removed" ? before : after;
      const from = nodeById(side.document, edge.from);
      const ports = from ? portsOf(from, side.document, catalog) : [];
      const port = ports.find(({ key }) => key === edge.port)?.label ?? edge.port;
      return t("line", { from: step(edge.from, side), port, to: step(edge.to, side) });
    },
    fields: ({ id, type, fields }: StepChange): FieldSaid[] => {
      // What has no short words is said by the sentences of the two versions, where nothing else can have changed these.
      const [from, to] = [sentence(id, before), sentence(id, after)];
      const long = fields.length === 1 && from !== to ? t("from_to", { from, to }) : t("field_changed");
      return fields.map((each) => {
        const said = fieldOf(type, each);
        return { ...said, detail: said.detail ?? long };
      });
    },
    setting: ({ field, before: was, after: is }: FieldChange) => {
      const known = settingTitles.find((each) => each === field);
      const titles = {
        re_entry: t("editor:settings.re_entry"),
        exit_conditions: t("editor:settings.exits"),
        exit_events: t("editor:settings.exit_events"),
        run_key: t("editor:settings.run_key"),
      };
      const worded = (value: Json | undefined, side: Side) =>
        side.settings[field] ?? (isPressure(field) ? t(`settings:pressure.${pressureOf(field, value)}`) : say(value, undefined));
      const [from, to] = [worded(was, before), worded(is, after)];
      return {
        name: known ? titles[known] : t(`setting.${field as "priority"}`, { defaultValue: field }),
        detail: from !== null && to !== null ? t("from_to", { from, to }) : t("field_changed"),
      };
    },
  };
}

export type ChangeWords = ReturnType<typeof useChangeWords>;
