import { Text } from "@mantine/core";
import { useTranslation } from "react-i18next";

import { type Diff, sizeOf, wayKey } from "@/flow/diff";
import { useFormat } from "@/ui/format";

import classes from "./ChangeList.module.css";
import { Mark } from "./DiffBoard";
import type { ChangeWords } from "./words";

interface ChangeListProps {
  diff: Diff;
  words: ChangeWords;
  /** Shows a step on the canvas. */
  onMark: (step: string) => void;
}

/** What differs between two versions, one after the other: steps with their fields, lines, settings. */
export function ChangeList({ diff, words, onMark }: ChangeListProps) {
  const { t } = useTranslation("versions");
  if (sizeOf(diff) === 0) return <Text c="dimmed">{t("same")}</Text>;
  return (
    <ul className={classes["changes"]} aria-label={t("list")}>
      {diff.steps.map((step) => (
        <li key={step.id} data-change={step.change}>
          <Mark change={step.change} />
          <button type="button" className={classes["step"]} onClick={() => onMark(step.id)}>
            {words.stepOf(step)}
          </button>
          {words.fields(step).map(({ field, ...said }) => (
            <Said key={field} {...said} />
          ))}
        </li>
      ))}
      {diff.settings.length > 0 && (
        <li data-change="changed">
          <Mark change="changed" />
          <Text fw={600} size="sm">
            {t("settings")}
          </Text>
          {diff.settings.map((field) => (
            <Said key={field.field} {...words.setting(field)} />
          ))}
        </li>
      )}
      {diff.ways.map((way) => (
        <li key={`${way.change} ${wayKey(way.edge)}`} data-change={way.change}>
          <Text size="sm" c="dimmed">
            {t(way.change === "added" ? "line_added" : "line_removed")}
          </Text>
          <Text size="sm">{words.way(way)}</Text>
        </li>
      ))}
    </ul>
  );
}

function Said({ name, detail }: { name: string; detail: string }) {
  const format = useFormat();
  return (
    <Text size="sm">
      <Text span c="dimmed" inherit>
        {format.naming(name)}
      </Text>{" "}
      {detail}
    </Text>
  );
}
