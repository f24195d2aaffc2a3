import { Select } from "@mantine/core";
import type { ReactNode } from "react";
import { useTranslation } from "react-i18next";

import type { ImportColumn } from "@/api/types";
import { useVocabulary } from "@/api/vocabulary";

import { fields, newTargets } from "./matching";

interface TargetSelectProps {
  column: ImportColumn;
  target: string;
  error: ReactNode;
  onChange: (target: string) => void;
}

/** Where one column goes: a field, a known attribute, a new attribute named after the column, or nowhere. */
export function TargetSelect({ column, target, error, onChange }: TargetSelectProps) {
  const { t } = useTranslation("imports");
  const attributes = useVocabulary().data?.attributes ?? [];
  const { header, suggestion } = column;
  const { name } = suggestion;
  const known = attributes.some((attribute) => attribute.name === name);
  const groups = [
    { group: t("target.fields"), items: fields.map((field) => ({ value: field, label: t(`target.${field}`) })) },
    {
      group: t("target.attributes"),
      items: attributes.map((attribute) => ({ value: `attribute:${attribute.name}`, label: attribute.name })),
    },
    {
      group: t("target.new", { name }),
      items: newTargets(suggestion).map((made) => ({ value: made.target, label: t(`target.newKind.${made.kind}`, { name }) })),
    },
  ];
  return (
    <Select
      aria-label={t("target.label", { header })}
      size="xs"
      searchable
      allowDeselect={false}
      data={[{ value: "skip", label: t("target.skip") }, ...groups.slice(0, known ? 2 : 3).filter(({ items }) => items.length > 0)]}
      value={target}
      error={error}
      onChange={(chosen) => onChange(chosen ?? "skip")}
      comboboxProps={{ width: 260, position: "bottom-start" }}
    />
  );
}
