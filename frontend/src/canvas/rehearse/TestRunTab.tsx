import { Alert, Button, Select, Stack, Switch, TextInput } from "@mantine/core";
import { IconPlayerPlay } from "@tabler/icons-react";
import { useReactFlow } from "@xyflow/react";
import { useState } from "react";
import { useTranslation } from "react-i18next";

import { type Scenario, type TestRun, useKeepScenarios, useTestRun } from "@/api/rehearsals";
import { useCan } from "@/api/session";
import { fitAll } from "@/canvas/board/distance";
import { useDocument, useEditorScope } from "@/canvas/state/EditorContext";
import { isTrigger } from "@/flow/catalog";
import { nodeById } from "@/flow/graph";
import { tellOutcome } from "@/ui/feedback/tellOutcome";
import { toastDone } from "@/ui/feedback/toast";

import { type Goer, nobody, PersonFields } from "./PersonFields";
import { type Datum, expectationsOf, fittingData, type Line, storyOf } from "./script";
import { useRehearsal } from "./state";
import { DataFields, StoryFields } from "./StoryFields";
import { TestRunResult } from "./TestRunResult";

/** One contact through the draft: who, by which trigger, what happens then; and what came of it. */
export function TestRunTab() {
  const { t } = useTranslation("rehearsals");
  const { automation } = useEditorScope();
  const document = useDocument();
  const { trial, show } = useRehearsal();
  const flow = useReactFlow();
  const run = useTestRun(automation);
  const entry = useEntry();
  const [goer, setGoer] = useState<Goer>({ real: false, contact: null, person: nobody });
  const [lines, setLines] = useState<readonly Line[]>([]);
  const [skip, setSkip] = useState(true);
  const scenario: Scenario = {
    name: "",
    at: null,
    given: goer.person,
    story: storyOf(entry.trigger, entry.data, lines),
    expect: [],
  };
  const light = (came: TestRun) => {
    show(came);
    fitAll(flow, 0);
  };
  const start = () =>
    run.mutate(
      { document, contact_id: goer.real ? goer.contact : null, scenario, skip_waits: skip },
      { onSuccess: light },
    );
  return (
    <Stack gap="md">
      <PersonFields goer={goer} onChange={setGoer} />
      <Select
        label={t("entry.title")}
        data={entry.choices}
        value={entry.trigger}
        onChange={entry.choose}
        allowDeselect={false}
        placeholder={t("entry.none")}
        disabled={entry.choices.length === 0}
      />
      {entry.trigger && <DataFields data={entry.data} onChange={entry.setData} />}
      <StoryFields lines={lines} onChange={setLines} />
      <Switch label={t("skip")} checked={skip} onChange={(event) => setSkip(event.currentTarget.checked)} />
      <Button
        leftSection={<IconPlayerPlay size={16} />}
        loading={run.isPending}
        disabled={entry.choices.length === 0 || (goer.real && goer.contact === null)}
        onClick={start}
      >
        {t("run")}
      </Button>
      {run.isError && (
        <Alert color="red" role="alert">
          {run.error.message}
        </Alert>
      )}
      {trial && <TestRunResult trial={trial} onClear={() => show(null)} />}
      {trial && !goer.real && <Keep scenario={{ ...scenario, expect: expectationsOf(trial) }} />}
    </Stack>
  );
}

/** Which trigger lets the contact in, and with what data: such as its filter takes, until something else is typed. */
function useEntry() {
  const { catalog, words } = useEditorScope();
  const document = useDocument();
  const triggers = document.nodes.filter((node) => isTrigger(node, catalog));
  const [chosen, setChosen] = useState<string | null>(null);
  const trigger = triggers.find((node) => node.id === chosen)?.id ?? triggers[0]?.id ?? null;
  const [typed, setTyped] = useState<{ trigger: string | null; data: readonly Datum[] } | null>(null);
  const data =
    typed?.trigger === trigger && typed !== null
      ? typed.data
      : fittingData(trigger === null ? undefined : nodeById(document, trigger));
  return {
    choices: triggers.map((node) => ({ value: node.id, label: words.step(node.id) })),
    trigger,
    choose: setChosen,
    data,
    setData: (next: Datum[]) => setTyped({ trigger, data: next }),
  };
}

/** Makes a scenario of what just came: it must come again. */
function Keep({ scenario }: { scenario: Scenario }) {
  const { t } = useTranslation("rehearsals");
  const { automation } = useEditorScope();
  const document = useDocument();
  const may = useCan()("automations.edit");
  const { add } = useKeepScenarios(automation);
  const [name, setName] = useState("");
  if (!may) return null;
  return (
    <form
      onSubmit={(event) => {
        event.preventDefault();
        const asked = add.mutateAsync({ scenario: { ...scenario, name }, document }, { onSuccess: () => setName("") });
        tellOutcome(asked, () => toastDone({ message: t("keep.done", { name }) }));
      }}
    >
      <Stack gap="xs">
        <TextInput
          label={t("keep.title")}
          description={t("keep.help")}
          placeholder={t("keep.hint")}
          value={name}
          onChange={(event) => setName(event.currentTarget.value)}
        />
        <Button type="submit" variant="default" disabled={!name.trim()} loading={add.isPending}>
          {t("keep.verb")}
        </Button>
      </Stack>
    </form>
  );
}
