import { Button, Code, Group, Stack, Text, Textarea, UnstyledButton } from "@mantine/core";
import { useRef, useState } from "react";
import { useTranslation } from "react-i18next";

import { useDocument, useEditorScope } from "@/canvas/state/EditorContext";
import { useFindings } from "@/canvas/state/useFindings";
import { isTrigger } from "@/flow/catalog";
import { problemWords } from "@/ui/feedback/toast";

import classes from "./rehearse.module.css";

interface ScenarioTextProps {
  text: string;
  /** Rejects with what is wrong with the text. */
  onSave: (text: string) => Promise<void>;
  onCancel: () => void;
}

/** A scenario as people write it, beside the steps that it may name. */
export function ScenarioText({ text, onSave, onCancel }: ScenarioTextProps) {
  const { t } = useTranslation("rehearsals");
  const [written, setWritten] = useState(text);
  const [fault, setFault] = useState<string | null>(null);
  const field = useRef<HTMLTextAreaElement>(null);
  const example = useExample();
  const write = (next: string) => {
    setWritten(next);
    setFault(null);
  };
  const insert = (step: string) => {
    const area = field.current;
    if (!area) return;
    area.focus();
    area.setRangeText(step, area.selectionStart, area.selectionEnd, "end");
    write(area.value);
  };
  return (
    <Stack gap="xs">
      <Textarea
        ref={field}
        label={t("scenarios.text")}
        description={t("scenarios.textHelp")}
        placeholder={example}
        autosize
        minRows={6}
        maxRows={20}
        styles={{ input: { fontFamily: "var(--mantine-font-family-monospace)", fontSize: 13 } }}
        value={written}
        error={fault}
        onChange={(event) => write(event.currentTarget.value)}
      />
      <StepIds onChoose={insert} />
      <Group gap="xs" justify="flex-end">
        <Button variant="default" onClick={onCancel}>
          {t("cancel")}
        </Button>
        <Button
          disabled={!written.trim()}
          onClick={() => void onSave(written).catch((error: unknown) => setFault(problemWords(error)))}
        >
          {t("save")}
        </Button>
      </Group>
    </Stack>
  );
}

/** An example of steps that are there; none before there are any. */
function useExample(): string | undefined {
  const { t } = useTranslation("rehearsals");
  const { catalog } = useEditorScope();
  const { nodes } = useDocument();
  const trigger = nodes.find((node) => isTrigger(node, catalog))?.id;
  const step = nodes.find((node) => !isTrigger(node, catalog))?.id;
  return trigger !== undefined && step !== undefined ? t("scenarios.example", { trigger, step }) : undefined;
}

/** The ids of all steps, each of which a click writes where the text is edited. */
function StepIds({ onChoose }: { onChoose: (id: string) => void }) {
  const { t } = useTranslation("rehearsals");
  const { words } = useEditorScope();
  const document = useDocument();
  const summaries = useFindings(document)?.summaries ?? {};
  return (
    <section aria-label={t("scenarios.steps")}>
      <Text size="sm" fw={500}>
        {t("scenarios.steps")}
      </Text>
      <Text size="xs" c="dimmed" mb={4}>
        {t("scenarios.stepsHelp")}
      </Text>
      <ul className={classes["ids"]}>
        {document.nodes.map(({ id }) => (
          <li key={id}>
            <UnstyledButton className={classes["id"]} onClick={() => onChoose(id)}>
              <Code>{id}</Code> <span>{summaries[id] ?? words.step(id)}</span>
            </UnstyledButton>
          </li>
        ))}
      </ul>
    </section>
  );
}
