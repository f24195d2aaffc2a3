import { ActionIcon, Alert, Button, Code, Collapse, Group, Skeleton, Stack, Text } from "@mantine/core";
import { IconPencil, IconPlayerPlay, IconTrash } from "@tabler/icons-react";
import { useState } from "react";
import { useTranslation } from "react-i18next";

import { type KeptScenario, type ScenarioResult, useKeepScenarios, useRunScenarios, useScenarios } from "@/api/rehearsals";
import { useCan } from "@/api/session";
import { useDocument, useEditorScope } from "@/canvas/state/EditorContext";
import { Pill } from "@/ui/badge/Pill";
import { tellOutcome } from "@/ui/feedback/tellOutcome";

import { faultsOf } from "./faults";
import classes from "./rehearse.module.css";
import { ScenarioText } from "./ScenarioText";

/** What is expected of the automation, and whether its draft still does it. */
export function ScenariosTab() {
  const { t } = useTranslation("rehearsals");
  const { automation } = useEditorScope();
  const document = useDocument();
  const kept = useScenarios(automation);
  const run = useRunScenarios(automation);
  const may = useCan()("automations.edit");
  const { add } = useKeepScenarios(automation);
  const [writing, setWriting] = useState(false);
  if (!kept.data) return <Skeleton height={80} />;
  const { items } = kept.data;
  const results = new Map(run.data?.items.map((result) => [result.id, result]));
  const failing = run.data?.items.filter((result) => !result.holds).length ?? 0;
  return (
    <Stack gap="md">
      <Text size="sm" c="dimmed">
        {t(items.length === 0 ? "scenarios.none" : "scenarios.about")}
      </Text>
      {items.length > 0 && (
        <Button leftSection={<IconPlayerPlay size={16} />} loading={run.isPending} onClick={() => run.mutate(document)}>
          {t("scenarios.run", { count: items.length })}
        </Button>
      )}
      {run.isError && (
        <Alert color="red" role="alert">
          {run.error.message}
        </Alert>
      )}
      {run.data && (
        <p role="status" className={classes["ending"]} data-ending={failing > 0 ? "failed" : "left"}>
          {failing > 0 ? t("scenarios.fail", { count: failing }) : t("scenarios.hold")}
        </p>
      )}
      <ul className={classes["scenarios"]}>
        {items.map((scenario) => (
          <li key={scenario.id}>
            <Scenario scenario={scenario} result={results.get(scenario.id)} may={may} />
          </li>
        ))}
      </ul>
      {may && !writing && (
        <Button variant="default" onClick={() => setWriting(true)}>
          {t("scenarios.write")}
        </Button>
      )}
      {writing && (
        <ScenarioText
          text=""
          onCancel={() => setWriting(false)}
          onSave={(text) => add.mutateAsync({ text, document }).then(() => setWriting(false))}
        />
      )}
    </Stack>
  );
}

interface ScenarioProps {
  scenario: KeptScenario;
  result: ScenarioResult | undefined;
  may: boolean;
}

function Scenario({ scenario, result, may }: ScenarioProps) {
  const { t } = useTranslation("rehearsals");
  const { automation } = useEditorScope();
  const document = useDocument();
  const { change, remove } = useKeepScenarios(automation);
  const [open, setOpen] = useState(false);
  const { id, name, text } = scenario;
  return (
    <>
      <Group gap="xs" wrap="nowrap">
        <Text size="sm" fw={550} flex={1}>
          {name}
        </Text>
        {result && <Pill tone={result.holds ? "ok" : "bad"}>{t(result.holds ? "scenarios.ok" : "scenarios.bad")}</Pill>}
        <ActionIcon
          variant="subtle"
          color="gray"
          size={32}
          aria-label={t("scenarios.open", { name })}
          aria-expanded={open}
          onClick={() => setOpen(!open)}
        >
          <IconPencil size={16} />
        </ActionIcon>
        {may && (
          <ActionIcon
            variant="subtle"
            color="gray"
            size={32}
            aria-label={t("scenarios.remove", { name })}
            onClick={() => tellOutcome(remove.mutateAsync(id))}
          >
            <IconTrash size={16} />
          </ActionIcon>
        )}
      </Group>
      {result && faultsOf(result).map((fault) => (
        <Text key={fault} size="sm" c="var(--cz-bad)">
          {fault}
        </Text>
      ))}
      <Collapse expanded={open}>
        {open && may && (
          <ScenarioText
            text={text}
            onCancel={() => setOpen(false)}
            onSave={(written) => change.mutateAsync({ scenario_id: id, text: written, document }).then(() => setOpen(false))}
          />
        )}
        {open && !may && <Code block>{text}</Code>}
      </Collapse>
    </>
  );
}
