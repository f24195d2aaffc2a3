import { Text } from "@mantine/core";
import { useTranslation } from "react-i18next";

import type { CampaignReport } from "@/api/campaigns";
import { useFormat } from "@/ui/format";

import classes from "../campaigns.module.css";

/** What became of the mail, as numbers and as shares of what was sent. */
export function Numbers({ report }: { report: CampaignReport }) {
  const { t } = useTranslation("campaigns");
  const format = useFormat();
  const { campaign, sent, delivered, unsubscribed, complained, machine_opened: machines, left_out: leftOut } = report;
  const { counts } = campaign;
  const numbers = [
    ["sent", sent, null],
    ["delivered", delivered, sent],
    ["opened", counts.opened, sent],
    ["clicked", counts.clicked, sent],
    ["bounced", counts.bounced, sent],
    ["unsubscribed", unsubscribed, sent],
    ["complained", complained, sent],
    ["failed", counts.failed, null],
    ["left_out", counts.left_out, null],
  ] as const;
  const reasons = Object.entries(leftOut).map(
    ([reason, count]) => format.named(t(`reason.${reason}`, { defaultValue: reason }), format.number(count)),
  );
  return (
    <section aria-label={t("report.numbers")}>
      <dl className={classes["numbers"]}>
        {numbers.map(([name, value, of]) => (
          <div key={name} className={classes["number"]}>
            <dt>{t(`number.${name}`)}</dt>
            <dd className="tabular">
              {format.number(value)}
              {of ? <span className={classes["share"]}>{format.percent(value / of)}</span> : null}
            </dd>
          </div>
        ))}
      </dl>
      {machines > 0 && (
        <Text size="sm" c="dimmed" mt="xs">
          {t("report.machines", { count: machines, number: format.number(machines) })}
        </Text>
      )}
      {reasons.length > 0 && (
        <Text size="sm" c="dimmed" mt={4}>
          {t("report.leftOut", { reasons: format.list(reasons) })}
        </Text>
      )}
    </section>
  );
}
