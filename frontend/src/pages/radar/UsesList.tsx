import { Text } from "@mantine/core";
import { useTranslation } from "react-i18next";
import { Link } from "react-router";

import type { Radar } from "@/api/types";
import { Card } from "@/ui/card/Card";
import { editorAt } from "@/ui/editorAt";

import { graphOf, spotOf, type ThingKind } from "./graph";
import classes from "./Radar.module.css";

/** The map in words: each thing, with the automations that read or change it. */
export function UsesList({ radar, shown }: { radar: Radar; shown: ThingKind[] }) {
  const { t } = useTranslation("radar");
  const { ties } = graphOf(radar, new Set(shown));
  const names = new Map(radar.automations.map(({ id, name }) => [spotOf(id), name]));
  const things = [
    ...radar.things.filter(({ kind }) => shown.includes(kind)),
    ...radar.automations.map(({ id, name }) => ({ id: spotOf(id), kind: "automation" as const, label: name })),
  ];
  const used = things.map((thing) => ({
    ...thing,
    uses: ties.filter(({ from, to }) => (thing.kind === "automation" ? to === thing.id && names.has(from) : from === thing.id || to === thing.id)),
  }));
  return (
    <Card title={t("uses")} flush>
      <ul className={classes["uses"]}>
        {used
          .filter(({ uses }) => uses.length > 0)
          .map(({ id, kind, label, uses }) => (
            <li key={id} className={classes["use"]}>
              <div>
                <Text fw={500}>{label}</Text>
                <Text size="xs" c="dimmed">
                  {t(`kind.${kind}`)}
                </Text>
              </div>
              <ul className={classes["users"]}>
                {uses.map((tie) => (
                  <li key={tie.id}>
                    <Link to={editorAt(tie.automation, tie.node)} className={classes["place"]}>
                      {names.get(spotOf(tie.automation))}
                    </Link>{" "}
                    <Text span size="sm" c="dimmed">
                      {tie.ways.map((way) => t(`ways.${way}`)).join(", ")}
                    </Text>
                  </li>
                ))}
              </ul>
            </li>
          ))}
      </ul>
    </Card>
  );
}
