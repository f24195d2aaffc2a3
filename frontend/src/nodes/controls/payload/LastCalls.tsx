import { Anchor, Button, Group, Select, Text } from "@mantine/core";
import { useTranslation } from "react-i18next";
import { Link } from "react-router";

import { type StepPlace, useReplayCall, useReplayRefused } from "@/api/hooks";
import { Problem } from "@/api/problem";
import type { HookCall } from "@/api/types";
import { Pill, type Tone } from "@/ui/badge/Pill";
import { tellOutcome } from "@/ui/feedback/tellOutcome";
import { toastDone, toastProblem } from "@/ui/feedback/toast";
import { useFormat } from "@/ui/format";

import classes from "./payload.module.css";

const tones: Record<HookCall["result"], Tone> = {
  accepted: "ok",
  duplicate: "neutral",
  example: "neutral",
  refused: "bad",
};

/** Nothing was sent yet; the first call shows by itself. */
export function Waiting() {
  const { t } = useTranslation("hooks");
  return (
    <div className={classes["waiting"]} role="status">
      <span className={classes["pulse"]} aria-hidden />
      <div>
        <Text size="sm" fw={600}>
          {t("waiting")}
        </Text>
        <Text size="xs" c="dimmed">
          {t("waiting_hint")}
        </Text>
      </div>
    </div>
  );
}

interface LastCallsProps {
  place: StepPlace;
  calls: readonly HookCall[];
  /** How many refused calls are kept in all. */
  refused: number;
  chosen: HookCall;
  onChoose: (call: number) => void;
}

/** The calls to choose values from, what became of them, and taking them once more. */
export function LastCalls({ place, calls, refused, chosen, onChoose }: LastCallsProps) {
  const { t } = useTranslation("hooks");
  const format = useFormat();
  const replay = useReplayCall(place);
  const all = useReplayRefused(place);
  const takeAgain = () =>
    tellOutcome(replay.mutateAsync(chosen.id), ({ problem }) =>
      problem
        ? toastProblem(new Problem(422, { detail: t("refused_again", { reason: problem.message }) }))
        : toastDone({ message: t("replayed") }),
    );
  const takeAll = () =>
    tellOutcome(all.mutateAsync(), ({ accepted, refused: again, left }) => {
      const said = [
        t("replayed_all", { count: accepted }),
        again > 0 && t("refused_all", { count: again }),
        left > 0 && t("left_all", { count: left }),
      ];
      const message = said.filter(Boolean).join(" ");
      if (accepted === 0 && again + left > 0) toastProblem(new Problem(422, { detail: message }));
      else toastDone({ message });
    });
  return (
    <section className={classes["call"]} aria-label={t("calls")}>
      <Select
        label={t("call")}
        data={calls.map(({ id, at, result }) => ({
          value: String(id),
          label: `${format.dateTime(at)} · ${t(`result.${result}`)}`,
        }))}
        value={String(chosen.id)}
        onChange={(id) => id !== null && onChoose(Number(id))}
        allowDeselect={false}
      />
      <Group gap="xs" justify="space-between">
        <Pill tone={tones[chosen.result]}>{t(`result.${chosen.result}`)}</Pill>
        {chosen.contact && (
          <Anchor component={Link} to={`/contacts/${String(chosen.contact.id)}`} size="xs">
            {chosen.contact.name}
          </Anchor>
        )}
        {(chosen.result === "refused" || chosen.result === "example") && (
          <Button size="compact-xs" variant="default" loading={replay.isPending} onClick={takeAgain}>
            {t("replay")}
          </Button>
        )}
      </Group>
      {chosen.problem && (
        <Text size="xs" c="var(--cz-bad)">
          {chosen.problem.field && <b>{chosen.problem.field}: </b>}
          {chosen.problem.message} {chosen.problem.remedy}
        </Text>
      )}
      {refused > (chosen.result === "refused" ? 1 : 0) && (
        <Group gap="xs" justify="space-between">
          <Text size="xs">{t("refused", { count: refused })}</Text>
          <Button size="compact-xs" variant="default" loading={all.isPending} onClick={takeAll}>
            {t("replay_all")}
          </Button>
        </Group>
      )}
      <Text size="xs" c="dimmed">
        {t("kept")}
      </Text>
    </section>
  );
}
