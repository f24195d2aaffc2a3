import { Group, Text } from "@mantine/core";
import { useTranslation } from "react-i18next";
import { Link } from "react-router";

import type { AutomationSummary } from "@/api/types";
import { AutomationStateBadge } from "@/ui/badge/AutomationStateBadge";
import { Pill } from "@/ui/badge/Pill";
import { ActivityChart } from "@/ui/chart/ActivityChart";
import { useFormat } from "@/ui/format";
import { hint } from "@/ui/hint/hint";
import type { Column } from "@/ui/table/types";
import { RelativeTime } from "@/ui/time/RelativeTime";

import classes from "./AutomationsPage.module.css";
import { RowMenu } from "./RowMenu";

const sum = (counts: number[]) => counts.reduce((total, count) => total + count, 0);

export function useColumns(): Column<AutomationSummary>[] {
  const { t } = useTranslation(["automations", "common"]);
  const format = useFormat();
  return [
    {
      key: "name",
      header: t("column.name"),
      cell: ({ id, name, trigger_summaries }) => (
        <div className={classes["name"]}>
          <Link to={`/automations/${id}`} className={classes["link"]} onClick={(event) => event.stopPropagation()}>
            {name}
          </Link>
          <Text size="sm" c="dimmed" className={classes["triggers"] ?? ""}>
            {trigger_summaries.length > 0 ? trigger_summaries.join(" · ") : t("noTrigger")}
          </Text>
        </div>
      ),
    },
    {
      key: "state",
      header: t("column.state"),
      cell: ({ state, failed, problems }) => (
        <Group gap={6}>
          <AutomationStateBadge state={state} />
          {failed > 0 && <Pill tone="bad">{t("failed", { count: failed })}</Pill>}
          {state === "draft" && problems.errors > 0 && (
            <Pill tone="warn">{t("problems", { count: problems.errors })}</Pill>
          )}
        </Group>
      ),
    },
    {
      key: "inside",
      header: t("column.inside"),
      align: "right",
      hideBelow: "xs",
      cell: ({ inside }) => format.number(inside),
    },
    {
      key: "activity",
      header: t("column.activity"),
      hideBelow: "md",
      width: 250,
      cell: ({ entered_30d, finished_30d }) => {
        const entered = sum(entered_30d);
        const finished = sum(finished_30d);
        const inWords = (write: (value: number) => string) => ({
          entered: t("entered", { count: entered, entered: write(entered) }),
          finished: t("finished", { count: finished, finished: write(finished) }),
        });
        const short = inWords(format.compact);
        const words = t("activity", inWords(format.number));
        return (
          <Group gap="sm" wrap="nowrap" w="fit-content" {...hint(words)}>
            <ActivityChart entered={entered_30d} finished={finished_30d} label={words} />
            <Text size="xs" c="dimmed" className={classes["legend"] ?? ""} component="div" aria-hidden>
              <div data-mark="bar">{short.entered}</div>
              <div data-mark="line">{short.finished}</div>
            </Text>
          </Group>
        );
      },
    },
    {
      key: "updated",
      header: t("column.updated"),
      hideBelow: "lg",
      cell: ({ updated_at, updated_by }) => (
        <>
          <Text size="sm" style={{ whiteSpace: "nowrap" }}>
            <RelativeTime at={updated_at} />
          </Text>
          <Text size="xs" c="dimmed" truncate maw={160}>
            {updated_by}
          </Text>
        </>
      ),
    },
    {
      key: "menu",
      header: t("common:actions"),
      hideHeader: true,
      align: "right", width: 52,
      cell: (automation) => <RowMenu automation={automation} />,
    },
  ];
}
