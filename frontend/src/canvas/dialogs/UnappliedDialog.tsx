import { Button, Group, Modal, Text } from "@mantine/core";
import { useTranslation } from "react-i18next";

import { useEditor, useEditorScope, useStepWords } from "@/canvas/state/EditorContext";
import { useApply } from "@/canvas/inspector/useApply";

/** Asks what becomes of changes that were not applied, before they would be left behind. */
export function UnappliedDialog() {
  const { t } = useTranslation("editor");
  const { editor } = useEditorScope();
  const words = useStepWords();
  const apply = useApply();
  const wish = useEditor((state) => state.wish);
  const draft = useEditor((state) => state.draft);
  const stay = () => {
    editor.setState({ wish: null });
    wish?.stay?.();
  };
  const goOn = (keep: boolean) => {
    editor.setState({ wish: null });
    if (keep && draft) {
      apply(draft.node, wish ?? undefined);
      return;
    }
    editor.setState({ draft: null });
    wish?.go();
  };
  return (
    <Modal
      opened={wish !== null}
      onClose={stay}
      title={t("unapplied.title")}
      centered
      closeButtonProps={{ "aria-label": t("common.close") }}
    >
      <Text mb="lg">{t("unapplied.body", { step: draft ? words.step(draft.node) : "" })}</Text>
      <Group justify="flex-end" gap="xs">
        <Button variant="subtle" color="gray" onClick={stay}>
          {t("unapplied.stay")}
        </Button>
        <Button variant="default" onClick={() => goOn(false)}>
          {t("unapplied.discard")}
        </Button>
        <Button onClick={() => goOn(true)} data-autofocus data-main>
          {t("inspector.apply")}
        </Button>
      </Group>
    </Modal>
  );
}
