import { Alert, Group, Loader, Text, TextInput } from "@mantine/core";
import { IconCheck } from "@tabler/icons-react";
import { useTranslation } from "react-i18next";

import { isProblem } from "@/api/problem";
import { type ScenarioResult, useScenarioResults, useScenarios } from "@/api/rehearsals";
import { useDocument, useEditorScope } from "@/canvas/state/EditorContext";

import { faultsOf } from "./faults";

/** The scenarios for which going live was refused; null: it was not refused for any. */
export function failing(error: unknown): string[] | null {
  const faults = isProblem(error) ? error.faults.filter((fault) => fault.code === "scenario_fails") : [];
  return faults.length > 0 ? faults.map((fault) => fault.message) : null;
}

interface FailingScenariosProps {
  /** Whether the draft can be run at all. */
  runnable: boolean;
  error: unknown;
  reason: string;
  onReason: (reason: string) => void;
}

/** Runs the scenarios, says which of them keep the draft from going live, and asks why it shall all the same. */
export function FailingScenarios({ runnable, error, reason, onReason }: FailingScenariosProps) {
  const { t } = useTranslation("rehearsals");
  const { automation } = useEditorScope();
  const count = useScenarios(automation).data?.items.length ?? 0;
  const results = useScenarioResults(automation, useDocument(), runnable && count > 0);
  const refused = failing(error);
  const fails = results.data?.items.filter((result) => !result.holds) ?? [];
  const names = refused ?? fails.map((result) => result.name);
  if (names.length === 0) {
    if (results.isError) return <Text size="sm">{t("blocked.not_run")}</Text>;
    if (!results.data && !results.isLoading) return null;
    return (
      <Group role="status" gap="xs">
        {results.data ? <IconCheck size={16} color="var(--cz-ok)" aria-hidden /> : <Loader size={14} aria-hidden />}
        <Text size="sm">{t(results.data ? "blocked.hold" : "blocked.running", { count })}</Text>
      </Group>
    );
  }
  return (
    <Alert color="red" role="alert" title={t("blocked.title", { count: names.length })}>
      <ul>
        {names.map((name) => (
          <li key={name}>
            {name}
            <Why result={fails.find((result) => result.name === name)} />
          </li>
        ))}
      </ul>
      <TextInput
        label={t("blocked.reason")}
        description={t("blocked.help")}
        error={refused && !reason.trim() && t("blocked.needed")}
        value={reason}
        maxLength={200}
        onChange={(event) => onReason(event.currentTarget.value)}
      />
    </Alert>
  );
}

function Why({ result }: { result: ScenarioResult | undefined }) {
  return result && <Text size="sm">{faultsOf(result).join(" · ")}</Text>;
}
