import { Button, Checkbox, Group, NativeSelect, Stack, Text } from "@mantine/core";
import type { TFunction } from "i18next";
import { useState } from "react";
import { useTranslation } from "react-i18next";

import type { PlaceInside } from "@/api/types";
import { type Catalog, isTrigger } from "@/flow/catalog";
import type { AutomationDocument } from "@/flow/document";
import { Pill } from "@/ui/badge/Pill";
import { type Formats, useFormat } from "@/ui/format";

import { type Choice, choiceAt, type Choices, chosen, doneAhead, placeKey, stay, type Way } from "./choices";
import classes from "./PeopleChoice.module.css";

const ways: readonly Way[] = ["stay", "move", "go", "leave"];
const tones = { same: "neutral", changed: "warn", removed: "bad" } as const;
/** More places than these are listed when asked for. */
const shownAtOnce = 60;

interface PeopleChoiceProps {
  places: readonly PlaceInside[];
  contacts: number;
  choices: Choices;
  onChange: (choices: Choices) => void;
  /** The version that they could be moved to, and what its steps are called. */
  document: AutomationDocument;
  summaries: Readonly<Record<string, string>>;
  catalog: Catalog;
}

/** Who is inside, step by step, and what shall become of them: for all at once, or place by place. */
export function PeopleChoice({ places, contacts, choices, onChange, document, summaries, catalog }: PeopleChoiceProps) {
  const { t } = useTranslation("versions");
  const [shown, setShown] = useState(shownAtOnce);
  if (contacts === 0) return <Text c="dimmed">{t("people.nobody")}</Text>;
  const steps = document.nodes
    .filter((node) => !isTrigger(node, catalog))
    .map((node) => ({ value: node.id, label: summaries[node.id] ?? catalog.get(node.type)?.label ?? node.id }));
  const { everybody } = choices;
  return (
    <Stack gap="md">
      <Text>{t("people.count", { count: contacts })}</Text>
      <div className={classes["everybody"]}>
        <NativeSelect
          label={t("people.everybody")}
          description={t(`people.${everybody.way}_detail`)}
          data={ways.map((way) => ({ value: way, label: t(`people.${way}`) }))}
          value={everybody.way}
          onChange={({ currentTarget: { value } }) => onChange(chosen(choices, null, { ...stay, way: wayOf(value) }))}
        />
        {everybody.way === "go" && (
          <StepSelect
            label={t("people.to")}
            steps={steps}
            value={everybody.to}
            onChange={(to) => onChange(chosen(choices, null, { ...everybody, to }))}
          />
        )}
      </div>
      <ul className={classes["places"]} aria-label={t("people.title")}>
        {places.slice(0, shown).map((place) => (
          <Place
            key={placeKey(place)}
            place={place}
            choices={choices}
            onChange={onChange}
            document={document}
            steps={steps}
          />
        ))}
      </ul>
      {places.length > shown && (
        <Group gap="xs">
          <Text size="sm" c="dimmed">
            {t("people.rest", { count: places.length - shown })}
          </Text>
          <Button variant="subtle" size="compact-sm" onClick={() => setShown(places.length)}>
            {t("people.show_rest")}
          </Button>
        </Group>
      )}
    </Stack>
  );
}

type Steps = { value: string; label: string }[];

interface PlaceProps {
  place: PlaceInside;
  choices: Choices;
  onChange: (choices: Choices) => void;
  document: AutomationDocument;
  steps: Steps;
}

/** One step of one version: how many wait there since when, what is ahead of them now, and what then. */
function Place({ place, choices, onChange, document, steps }: PlaceProps) {
  const { t } = useTranslation("versions");
  const format = useFormat();
  const { version, words, contacts, since, latest, fit } = place;
  const own = choices.places[placeKey(place)];
  const choice = choiceAt(choices, place);
  const label = (id: string) => steps.find(({ value }) => value === id)?.label ?? id;
  const choose = (next: Choice | null) => onChange(chosen(choices, place, next));
  const again = doneAhead(place, choice, document);
  const [before, after] = [sayAhead(place.before, t, format), sayAfter(place, choice, label, t, format)];
  const range = format.dateTime(since) === format.dateTime(latest) ? "waiting" : "waiting_range";
  const known = { count: contacts, since: format.dateTime(since), latest: format.dateTime(latest) };
  return (
    <li className={classes["place"]}>
      <div className={classes["who"]}>
        <Text fw={600} size="sm">
          {words}
        </Text>
        <Text size="sm" c="dimmed" className="tabular">
          {t(`people.${range}`, known)}
        </Text>
        <span className={classes["facts"]}>
          <Pill dot={false}>{t("number", { number: version })}</Pill>
          <Pill tone={tones[fit]}>{t(`people.fit.${fit}`)}</Pill>
        </span>
      </div>
      <div className={classes["ahead"]}>
        <Fact name={t(before === after ? "people.unchanged" : "people.before")} said={before} />
        {before !== after && <Fact name={t("people.after")} said={after} />}
      </div>
      <div className={classes["choice"]}>
        <NativeSelect
          aria-label={t("people.choice", { step: words, version })}
          data={[
            { value: "", label: t("people.as_everybody") },
            { value: "stay", label: t("people.stay") },
            { value: "move", label: moveLabel(place, label, t), disabled: place.to === null },
            { value: "go", label: t("people.go") },
            { value: "leave", label: t("people.leave") },
          ]}
          value={own?.way ?? ""}
          onChange={({ currentTarget: { value } }) => choose(value === "" ? null : { ...stay, way: wayOf(value) })}
        />
        {own?.way === "go" && (
          <StepSelect label={t("people.to")} steps={steps} value={own.to} onChange={(to) => choose({ ...own, to })} />
        )}
        {again.length > 0 && (
          <Checkbox
            label={t("people.repeat", { count: again.length })}
            description={t("people.repeat_detail", { steps: format.list(again.map(label)) })}
            checked={choice.repeat}
            onChange={({ currentTarget: { checked } }) => choose({ ...choice, repeat: checked })}
          />
        )}
      </div>
    </li>
  );
}

function Fact({ name, said }: { name: string; said: string }) {
  const format = useFormat();
  return (
    <Text size="sm">
      <Text span c="dimmed" inherit>
        {format.naming(name)}
      </Text>{" "}
      {said}
    </Text>
  );
}

interface StepSelectProps {
  label: string;
  steps: Steps;
  value: string | null;
  onChange: (step: string | null) => void;
}

function StepSelect({ label, steps, value, onChange }: StepSelectProps) {
  const { t } = useTranslation("versions");
  return (
    <NativeSelect
      aria-label={label}
      data={[{ value: "", label: `${label}…`, disabled: true }, ...steps]}
      value={value ?? ""}
      error={value === null && t("people.to_missing")}
      onChange={({ currentTarget }) => onChange(currentTarget.value || null)}
    />
  );
}

type Words = TFunction<"versions">;

function moveLabel(place: PlaceInside, label: (id: string) => string, t: Words): string {
  if (place.to === null) return t("people.no_place");
  return place.to === place.node ? t("people.move_here") : t("people.move_on", { step: label(place.to) });
}

function sayAhead({ first, last, words }: PlaceInside["before"], t: Words, format: Formats): string {
  const times = [...new Set([first, last].filter((at) => at !== null).map((at) => format.dateTime(at)))];
  const when = times.join(" – ") || t("people.when_happens");
  return words ? t("people.next", { when, what: words }) : when;
}

function sayAfter(
  place: PlaceInside,
  { way, to }: Choice,
  label: (id: string) => string,
  t: Words,
  format: Formats,
): string {
  if (way === "leave") return t("people.leaves");
  const at = (step: string) => t("people.next", { when: t("people.at_once"), what: label(step) });
  if (way === "go") return to === null ? "…" : at(to);
  if (way === "stay" || place.to === null || place.after === null) return sayAhead(place.before, t, format);
  return place.to === place.node ? sayAhead(place.after, t, format) : at(place.to);
}

function wayOf(value: string): Way {
  return ways.find((way) => way === value) ?? "stay";
}
