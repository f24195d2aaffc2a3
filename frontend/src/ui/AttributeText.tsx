import { useTranslation } from "react-i18next";

import type { AttributeKind } from "@/api/types";

import { type Formats, useFormat } from "./format";

function words(kind: AttributeKind, value: unknown, format: Formats, yesNo: [string, string]): string {
  if (typeof value === "number") return format.number(value);
  if (typeof value === "boolean") return value ? yesNo[0] : yesNo[1];
  if (Array.isArray(value)) return value.join(", ");
  return kind === "date" ? format.date(String(value)) : String(value);
}

export function isEmptyValue(value: unknown): boolean {
  return value === null || value === undefined || value === "" || (Array.isArray(value) && value.length === 0);
}

/** An attribute's value as people read it; a dash when there is none. */
export function AttributeText({ kind, value }: { kind: AttributeKind; value: unknown }) {
  const { t } = useTranslation();
  const format = useFormat();
  if (isEmptyValue(value)) {
    return (
      <span style={{ color: "var(--cz-text-3)" }}>
        <span aria-hidden>–</span>
        <span className="visually-hidden">{t("empty")}</span>
      </span>
    );
  }
  return <span className="tabular">{words(kind, value, format, [t("yes"), t("no")])}</span>;
}
