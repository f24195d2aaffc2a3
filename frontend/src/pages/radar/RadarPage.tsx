import { Chip, Group, SegmentedControl, Skeleton, Switch } from "@mantine/core";
import { IconRadar2 } from "@tabler/icons-react";
import { useState } from "react";
import { useTranslation } from "react-i18next";

import { useRadar } from "@/api/radar";
import { EmptyState } from "@/ui/feedback/EmptyState";
import { later } from "@/ui/feedback/later";
import { Loaded } from "@/ui/feedback/Loaded";
import { Page } from "@/ui/page/Page";

import { Findings } from "./Findings";
import type { ThingKind } from "./graph";
import classes from "./Radar.module.css";
import { UsesList } from "./UsesList";
import { kinds, useAddress, views } from "./useAddress";

// Brings the library that draws graphs, which the list does without.
const skeleton = <Skeleton height={420} radius="lg" />;
const RadarMap = later("RadarMap", async () => (await import("./RadarMap")).RadarMap, skeleton);

/** `/automations/radar`: all automations in one picture, and what is wrong with them together. */
export default function RadarPage() {
  const { t } = useTranslation("radar");
  const { running, view, setRunning, setView } = useAddress();
  const [shown, setShown] = useState<ThingKind[]>([...kinds]);
  const query = useRadar(running);
  return (
    <Page
      title={t("title")}
      subtitle={t("subtitle")}
      back={{ to: "/automations", label: t("back") }}
      toolbar={
        <>
          <SegmentedControl
            aria-label={t("view.label")}
            size="xs"
            value={view}
            onChange={setView}
            data={views.map((value) => ({ value, label: t(`view.${value}`) }))}
          />
          <Switch size="sm" label={t("running")} checked={running} onChange={(event) => setRunning(event.currentTarget.checked)} />
        </>
      }
    >
      <Loaded query={query} skeleton={skeleton}>
        {(radar) =>
          radar.automations.length === 0 ? (
            <EmptyState
              icon={<IconRadar2 size={22} stroke={1.6} />}
              title={t(running ? "empty.running" : "empty.title")}
              body={t("empty.body")}
            />
          ) : (
            <>
              <Findings radar={radar} />
              <section className={classes["picture"]} aria-label={t(`view.${view}`)}>
                <Chip.Group multiple value={shown} onChange={(chosen) => setShown(kinds.filter((kind) => chosen.includes(kind)))}>
                  <Group gap={6} role="group" aria-label={t("show")}>
                    {kinds.map((kind) => (
                      <Chip key={kind} value={kind} size="xs" variant="outline">
                        {t(`kinds.${kind}`)}
                      </Chip>
                    ))}
                  </Group>
                </Chip.Group>
                {view === "map" ? (
                  <RadarMap radar={radar} shown={shown} />
                ) : (
                  <UsesList radar={radar} shown={shown} />
                )}
              </section>
            </>
          )
        }
      </Loaded>
    </Page>
  );
}
