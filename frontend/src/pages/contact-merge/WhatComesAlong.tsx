import { Text } from "@mantine/core";
import { useTranslation } from "react-i18next";

import type { MergePreview } from "@/api/types";
import { Card } from "@/ui/card/Card";
import { useFormat } from "@/ui/format";

import classes from "./ContactMerge.module.css";

const counted = ["event", "message", "enrollment", "list_member", "deal_contact", "task", "note", "visitor"] as const;

/** What changes hands, and what the merge decides by itself. */
export function WhatComesAlong({ preview }: { preview: MergePreview }) {
  const { t } = useTranslation("merge");
  const format = useFormat();
  const parts = counted.filter((each) => preview.counts[each] > 0);
  return (
    <Card title={t("along")}>
      <ul className={classes["along"]}>
        <li>
          {parts.length > 0
            ? format.list(parts.map((each) => t(`count.${each}`, { count: preview.counts[each] })))
            : t("nothing")}
        </li>
        <li>{t("names")}</li>
        {preview.inside.map(({ automation, goes_on: goesOn }) => (
          <li key={automation.id}>{t(`inside.${goesOn}`, { automation: automation.name })}</li>
        ))}
        <li>{t("stricter")}</li>
        {preview.takes_no_mail && <li>{t("noMail")}</li>}
        {preview.takes_no_sms && <li>{t("noSms")}</li>}
      </ul>
      <Text c="dimmed" size="sm">
        {t("undoable")}
      </Text>
    </Card>
  );
}
