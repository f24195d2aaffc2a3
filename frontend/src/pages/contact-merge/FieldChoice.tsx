import { Radio } from "@mantine/core";
import { useTranslation } from "react-i18next";

import type { AttributeKind, MergeField } from "@/api/types";
import { AttributeText } from "@/ui/AttributeText";
import { useFormat } from "@/ui/format";

import classes from "./ContactMerge.module.css";
import { together, type Way } from "./ways";

const named = ["email", "ext_id", "phone", "whatsapp", "landline", "time_zone", "owner_id", "company_id"] as const;

interface FieldChoiceProps {
  field: MergeField;
  way: Way;
  onChange: (way: Way) => void;
}

/** One field of both contacts, and which value is kept. */
export function FieldChoice({ field, way, onChange }: FieldChoiceProps) {
  const { t } = useTranslation("merge");
  const format = useFormat();
  const own = named.find((name) => name === field.name);
  const label = own ? t(`field.${own}`) : field.name;
  const kind = (field.kind === "reference" ? "text" : field.kind) as AttributeKind;
  const more = field.ways
    .filter((each) => each !== "kept" && each !== "other")
    .map((each) => ({ way: each, value: together(field, each, format) }))
    .filter(({ value }) => value !== null);
  return (
    <Radio.Group value={way} onChange={(value) => onChange(value)} label={label} className={classes["field"] ?? ""}>
      <div className={classes["values"]}>
        <Radio value="kept" label={<AttributeText kind={kind} value={field.kept} />} />
        <Radio value="other" label={<AttributeText kind={kind} value={field.other} />} />
        <div className={classes["more"]}>
          {more.map((each) => (
            <Radio
              key={each.way}
              value={each.way}
              label={t(`way.${each.way === "larger" && kind === "date" ? "later" : each.way}`, {
                value: each.value,
              })}
            />
          ))}
        </div>
      </div>
    </Radio.Group>
  );
}
