import { Alert, Button, Group, Modal, Stack, Text } from "@mantine/core";
import { IconInfoCircle } from "@tabler/icons-react";
import { useState } from "react";
import { useTranslation } from "react-i18next";

import { type Automation, type Check, useActivate } from "@/api/editor";
import { useStanding } from "@/api/entries";
import { isProblem, Problem } from "@/api/problem";
import { useCan } from "@/api/session";
import { useDocument, useEditor, useEditorScope } from "@/canvas/state/EditorContext";
import { StandingChoice } from "@/canvas/entries/StandingChoice";
import { areWhole, everybodyStays, sent } from "@/canvas/versions/choices";
import { PublishChanges, PublishPeople } from "@/canvas/versions/PublishParts";
import { failing, FailingScenarios } from "@/canvas/rehearse/FailingScenarios";
import type { Autosave } from "@/canvas/state/useAutosave";
import { toastDone, toastProblem } from "@/ui/feedback/toast";

import { ProblemList } from "./ProblemList";
import { ReEntrySwitch } from "./ReEntrySwitch";

interface ActivateDialogProps {
  automation: Automation;
  check: Check | undefined;
  save: Autosave;
  onLive: () => void;
}

/** The last look before an automation goes live: what is missing, what to know, whether contacts may enter again. */
export function ActivateDialog({ automation, check, save, onLive }: ActivateDialogProps) {
  const { t } = useTranslation("editor");
  const { editor } = useEditorScope();
  const opened = useEditor((state) => state.panel === "activate");
  const document = useDocument();
  const { name, settings } = document;
  const mayDecide = useCan()("automations.re_entry");
  const activate = useActivate(automation.id);
  const standing = useStanding(automation.id, document, () => save.flush(), opened).data ?? [];
  const [enter_now, setEnterNow] = useState<string[]>([]);
  const [people, setPeople] = useState(everybodyStays);
  const [override, setOverride] = useState("");
  const isNewVersion = automation.version !== null;
  const publishing = automation.version !== null && automation.state === "active";
  const problems = check?.problems ?? [];
  const errors = problems.filter((problem) => problem.severity === "error");
  const warnings = problems.filter((problem) => problem.severity === "warning");
  const close = () => {
    activate.reset(); // what was refused may hold by the next time
    editor.setState({ panel: null });
  };

  const confirm = async () => {
    const draft_revision = await save.flush();
    if (draft_revision === null) {
      toastProblem(new Problem(409, { detail: t("activate.unsaved") }));
      return;
    }
    await activate.mutateAsync({ draft_revision, re_entry: mayDecide ? settings.re_entry === true : null, enter_now, people: sent(people), override: override.trim() || null });
    setEnterNow([]);
    setPeople(everybodyStays);
    setOverride("");
    close();
    toastDone({ message: t(publishing ? "activate.published" : "activate.done", { name }) });
    onLive();
  };
  const explain = (error: unknown) => {
    if (isProblem(error) && error.faults.some((fault) => fault.code === "outdated")) {
      close();
      save.outdated();
    } else if (!failing(error)) {
      toastProblem(error);
    }
  };

  return (
    <Modal
      opened={opened}
      onClose={close}
      size={isNewVersion ? 980 : 520}
      title={t(publishing ? "activate.title_publish" : "activate.title", { name })}
      closeButtonProps={{ "aria-label": t("common.close") }}
    >
      <Stack gap="lg">
        {isNewVersion && <PublishChanges automation={automation} onSee={close} />}
        {errors.length > 0 && (
          <section aria-label={t("activate.missing")}>
            <Text fw={600} mb="xs">
              {t("activate.missing")}
            </Text>
            <ProblemList problems={errors} onJump={close} />
          </section>
        )}
        <ReEntrySwitch />
        <StandingChoice triggers={standing} chosen={enter_now} onChange={setEnterNow} />
        {warnings.length > 0 && (
          <section aria-label={t("activate.to_know")}>
            <Text fw={600} mb="xs">
              {t("activate.to_know")}
            </Text>
            <ProblemList problems={warnings} onJump={close} />
          </section>
        )}
        {isNewVersion && errors.length === 0 && (
          <PublishPeople
            automation={automation}
            summaries={check?.summaries ?? {}}
            save={() => save.flush()}
            choices={people}
            onChange={setPeople}
          />
        )}
        <FailingScenarios
          runnable={check !== undefined && errors.length === 0}
          error={activate.error}
          reason={override}
          onReason={setOverride}
        />
        <Alert icon={<IconInfoCircle size={18} />} color="gray">
          {t(publishing ? "activate.new_enter" : "activate.from_now_on")}
        </Alert>
        <Group justify="flex-end" gap="xs">
          <Button variant="default" onClick={close}>
            {t("common.cancel")}
          </Button>
          <Button
            disabled={errors.length > 0 || check === undefined || !areWhole(people)}
            loading={activate.isPending}
            onClick={() => void confirm().catch(explain)}
          >
            {t(publishing ? "activate.publish" : "activate.confirm")}
          </Button>
        </Group>
      </Stack>
    </Modal>
  );
}
