import { Button, Group, List, Modal, Stack, Text } from "@mantine/core";
import { useTranslation } from "react-i18next";

import { useDocument, useEditor, useEditorScope, useStepWords, useVerbs } from "@/canvas/state/EditorContext";
import type { Removal } from "@/canvas/state/store";
import { ledTo, missedFrom } from "@/flow/commands";

/** Before steps are deleted where contacts stand: how many, what they would miss, and where they can go. */
export function RemoveDialog() {
  const removing = useEditor((state) => state.removing);
  return removing && <OpenDialog {...removing} />;
}

function OpenDialog({ ids, join }: Removal) {
  const { t } = useTranslation("editor");
  const { catalog, editor } = useEditorScope();
  const words = useStepWords();
  const verbs = useVerbs();
  const document = useDocument();
  const waiting = useEditor((state) => state.waiting);
  const crowded = ids.filter((id) => (waiting[id] ?? 0) > 0);
  const missed = missedFrom(document, catalog, ids, join, crowded);
  const next = ledTo(document, catalog, ids, join);
  const names = (steps: readonly string[]) => steps.map(words.step).join(", ");
  const close = () => editor.setState({ removing: null });
  return (
    <Modal
      opened
      onClose={close}
      centered
      title={ids.length === 1 ? t("removing.title_step", { step: words.step(ids[0] ?? "") }) : t("removing.title", { count: ids.length })}
      closeButtonProps={{ "aria-label": t("common.close") }}
    >
      <Stack gap="sm">
        <List size="sm" spacing="xs">
          {crowded.map((id) => (
            <List.Item key={id}>{t("removing.waiting", { count: waiting[id] ?? 0, step: words.step(id) })}</List.Item>
          ))}
          {missed.length > 0 && <List.Item>{t("removing.missed", { steps: names(missed) })}</List.Item>}
          {next.length > 0 && <List.Item>{t("removing.next", { steps: names(next) })}</List.Item>}
        </List>
        <Text size="sm" c="dimmed">
          {t("removing.later")}
        </Text>
      </Stack>
      <Group justify="flex-end" gap="xs" mt="lg">
        <Button variant="default" onClick={close} data-autofocus>
          {t("common.cancel")}
        </Button>
        <Button color="red.9" onClick={() => verbs.removeAsked()}>
          {t("removing.verb")}
        </Button>
      </Group>
    </Modal>
  );
}
