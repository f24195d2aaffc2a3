import { Group, NumberInput, Progress, Text } from "@mantine/core";
import { useState } from "react";
import { useTranslation } from "react-i18next";

import { isUnderWay, useApplyPageRules, useCancelPageRules } from "@/api/pageCategories";
import type { ApplyingRules } from "@/api/types";
import { GuardedButton } from "@/ui/actions/GuardedButton";
import { tellOutcome } from "@/ui/feedback/tellOutcome";
import { useFormat } from "@/ui/format";

import classes from "./Categories.module.css";

const usualDays = 90;
const mostDays = 365;
const ended = {
  queued: "applied",
  running: "applied",
  completed: "applied",
  cancelled: "cancelled",
  failed: "failed",
} as const;

/** The kept rules over the views of the last days, with how far that has come. */
export function ApplyToPast({ applying }: { applying: ApplyingRules | null }) {
  const { t } = useTranslation("settings");
  const format = useFormat();
  const [days, setDays] = useState<number | string>(usualDays);
  const apply = useApplyPageRules();
  const cancel = useCancelPageRules();
  if (applying && isUnderWay(applying.state)) {
    const { processed, total } = applying;
    return (
      <div className={classes["past"]}>
        <Text size="sm" mb={6} role="status">
          {t("categories.applying", { processed: format.number(processed), total: format.number(total), count: total })}
        </Text>
        <Progress value={(100 * processed) / Math.max(total, 1)} animated aria-label={t("categories.progress")} />
        {applying.error && (
          <Text size="sm" c="dimmed" mt={6}>
            {t("categories.triedAgain", { error: applying.error })}
          </Text>
        )}
        <GuardedButton
          permission="settings.edit"
          variant="default"
          size="xs"
          mt={8}
          loading={cancel.isPending}
          onClick={() => tellOutcome(cancel.mutateAsync())}
        >
          {t("categories.cancel")}
        </GuardedButton>
      </div>
    );
  }
  return (
    <div className={classes["past"]}>
      <Text size="sm" mb={6}>
        {t("categories.pastBody")}
      </Text>
      <Group gap="xs">
        <NumberInput
          w={150}
          aria-label={t("categories.days")}
          value={days}
          onChange={setDays}
          min={1}
          max={mostDays}
          allowDecimal={false}
          suffix={` ${t("categories.daysUnit")}`}
        />
        <GuardedButton
          permission="settings.edit"
          variant="default"
          disabled={typeof days !== "number"}
          loading={apply.isPending}
          onClick={() => tellOutcome(apply.mutateAsync(Number(days)))}
        >
          {t("categories.apply")}
        </GuardedButton>
      </Group>
      {applying && (
        <Text size="sm" c={applying.state === "failed" ? "red" : "dimmed"} mt={6} role="status">
          {t(`categories.${ended[applying.state]}`, {
            count: applying.changed,
            changed: format.number(applying.changed),
            error: applying.error,
          })}
        </Text>
      )}
    </div>
  );
}
