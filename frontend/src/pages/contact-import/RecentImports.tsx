import { Group, Text, Title } from "@mantine/core";
import { useTranslation } from "react-i18next";
import { Link } from "react-router";

import { useRecentImports } from "@/api/imports";
import type { ImportState } from "@/api/types";
import { Pill, type Tone } from "@/ui/badge/Pill";

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
        {started.slice(0, 8).map(({ id, state, created, updated, failed, total }) => (
          <li key={id}>
            <Link to={`?id=${id}`}>
              <Group justify="space-between" gap="sm">
                <Text size="sm" className="tabular">
                  {t("recentLine", { total, created, updated, failed })}
                </Text>
                <Pill tone={stateTones[state]}>{t(`state.${state}`)}</Pill>
              </Group>
            </Link>
          </li>
        ))}
      </ul>
    </section>
  );
}
