import { Group, Text, Title } from "@mantine/core";
import { useTranslation } from "react-i18next";
import { Link } from "react-router";

import { useRecentImports } from "@/api/imports";
import type { ImportState } from "@/api/types";
import { Pill, type Tone } from "@/ui/badge/Pill";
import { RelativeTime } from "@/ui/time/RelativeTime";

import classes from "./ContactImport.module.css";

export const stateTones: Record<ImportState, Tone> = {
  preview: "neutral",
  queued: "neutral",
  running: "accent",
  finished: "ok",
  failed: "bad",
  cancelled: "neutral",
};

/** Imports that were started before, each leading to its result. */
export function RecentImports() {
  const { t } = useTranslation("imports");
  const started = useRecentImports().data?.items.filter(({ state }) => state !== "preview") ?? [];
  if (started.length === 0) return null;
  return (
    <section>
      <Title order={2} size="h5" mb="xs">
        {t("recent")}
      </Title>
      <ul className={classes["recent"]}>
        {started.slice(0, 8).map(({ id, filename, created_at, state, created, updated, failed, total }) => (
          <li key={id}>
            <Link to={`?id=${id}`}>
              <Group justify="space-between" gap="sm">
                <div>
                  <Text fw={550}>{filename}</Text>
                  <Text size="sm" c="dimmed" className="tabular">
                    <RelativeTime at={created_at} /> · {t("recentLine", { total, created, updated, failed })}
                  </Text>
                </div>
                <Pill tone={stateTones[state]}>{t(`state.${state}`)}</Pill>
              </Group>
            </Link>
          </li>
        ))}
      </ul>
    </section>
  );
}
