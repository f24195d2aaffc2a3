import { Progress, Text } from "@mantine/core";
import { useTranslation } from "react-i18next";

import type { Interest } from "@/api/types";
import { useFormat } from "@/ui/format";

import classes from "./InterestBars.module.css";

/** What somebody is interested in: a bar for each category, as long as its share of the strongest one. */
export function InterestBars({ interests }: { interests: Interest[] }) {
  const { t } = useTranslation("contact");
  const format = useFormat();
  const most = Math.max(...interests.map(({ views }) => views), 1);
  return (
    <ul className={classes["bars"]} aria-label={t("interests.title")}>
      {interests.map(({ category, views, seconds, last_at }) => (
        <li key={category}>
          <div className={classes["words"]}>
            <Text size="sm" fw={550} className={classes["name"] ?? ""}>
              {category}
            </Text>
            <Text size="xs" c="dimmed" className="tabular">
              {[
                t("interests.views", { count: views }),
                ...(seconds > 0 ? [length(seconds, t)] : []),
                format.relative(last_at),
              ].join(" · ")}
            </Text>
          </div>
          <Progress value={(100 * views) / most} size="sm" color="indigo" aria-hidden />
        </li>
      ))}
    </ul>
  );
}

function length(seconds: number, t: ReturnType<typeof useTranslation<"contact">>["t"]): string {
  if (seconds < 60) return t("visits.seconds", { seconds });
  return t("interests.minutes", { minutes: Math.round(seconds / 60) });
}
