import { Alert, TextInput } from "@mantine/core";
import { useTranslation } from "react-i18next";

import { isProblem } from "@/api/problem";

/** The scenarios for which going live was refused; null: it was not refused for any. */
export function failing(error: unknown): string[] | null {
  const faults = isProblem(error) ? error.faults.filter((fault) => fault.code === "scenario_fails") : [];
  return faults.length > 0 ? faults.map((fault) => fault.message) : null;
}

interface FailingScenariosProps {
  error: unknown;
  reason: string;
  onReason: (reason: string) => void;
}

/** Says which scenarios keep the draft from going live, and asks why it shall all the same. */
export function FailingScenarios({ error, reason, onReason }: FailingScenariosProps) {
  const { t } = useTranslation("rehearsals");
  const names = failing(error);
  if (!names) return null;
  return (
    <Alert color="red" role="alert" title={t("blocked.title", { count: names.length })}>
      <ul>
        {names.map((name) => (
          <li key={name}>{name}</li>
        ))}
      </ul>
      <TextInput
        label={t("blocked.reason")}
        description={t("blocked.help")}
        value={reason}
        maxLength={200}
        onChange={(event) => onReason(event.currentTarget.value)}
      />
    </Alert>
  );
}
