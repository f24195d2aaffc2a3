import { Group, SegmentedControl, Text } from "@mantine/core";
import { useState } from "react";
import { useTranslation } from "react-i18next";

import { useCatalog } from "@/api/editor";
import { MOST_FOUND, type SearchPlace, useStepSearch } from "@/api/stepSearch";
import type { FoundStep } from "@/api/types";
import { StepIcon } from "@/nodes/StepIcon";
import { SearchMark } from "@/ui/SearchMark";

import classes from "./Found.module.css";
import { FoundLink } from "./FoundLink";

const places: readonly SearchPlace[] = ["type", "attribute", "text"];

/** Steps of all automations in which the words were found, each a link to itself on the canvas. */
export function FoundSteps({ text }: { text: string }) {
  const { t } = useTranslation("reading");
  const [place, setPlace] = useState<SearchPlace>();
  const { data: found } = useStepSearch(text, { place });
  if (!found || (found.length === 0 && place === undefined)) return null;
  return (
    <section aria-label={t("search.title")} className={classes["found"]}>
      <Group justify="space-between" gap="xs" mb="sm">
        <h2 className={classes["title"]}>{t("search.title")}</h2>
        <SegmentedControl
          size="xs"
          aria-label={t("search.where")}
          value={place ?? "all"}
          onChange={(value) => setPlace(places.find((each) => each === value))}
          data={(["all", ...places] as const).map((value) => ({ value, label: t(`search.${value}`) }))}
        />
      </Group>
      {found.length === 0 && <Text c="dimmed">{t("search.none")}</Text>}
      <ul className={classes["steps"]}>
        {found.map((step) => (
          <li key={`${String(step.automation.id)} ${step.node ?? ""}`}>
            <Step step={step} text={text} />
          </li>
        ))}
      </ul>
      {found.length === MOST_FOUND && (
        <Text size="sm" c="dimmed" mt="xs">
          {t("search.most", { count: MOST_FOUND })}
        </Text>
      )}
    </section>
  );
}

/** The step in a phrase, or what was found in it where that is a text, or an attribute of which the phrase is silent. */
function wordsOf({ step, place, excerpt }: FoundStep, wanted: string) {
  if (place === "text" || step === "") return excerpt;
  const silent = place === "attribute" && !step.toLocaleLowerCase().includes(wanted.trim().toLocaleLowerCase());
  return silent ? `${step} · ${excerpt}` : step;
}

function Step({ step, text }: { step: FoundStep; text: string }) {
  const { t } = useTranslation("reading");
  const type = useCatalog().data?.get(step.type ?? "");
  const { automation, node } = step;
  const at = node === null ? "" : `&step=${encodeURIComponent(node)}`;
  return (
    <FoundLink
      to={`/automations/${String(automation.id)}?view=draft${at}`}
      kind={type?.kind}
      icon={<StepIcon type={type} />}
      label={node === null ? t("search.settings") : (type?.label ?? step.type)}
      words={<SearchMark text={wordsOf(step, text)} wanted={text} />}
      automation={automation.name}
    />
  );
}
