import { Button, Group, Modal, Text } from "@mantine/core";
import { useTranslation } from "react-i18next";

import { useEditor, useEditorScope } from "@/canvas/state/EditorContext";
import { apply, openStep, type Lost } from "@/canvas/state/store";
import { putBack } from "@/flow/commands";
import { nodeById } from "@/flow/graph";

/** Says that a step was removed elsewhere while it was being changed here, and gives it back with what was typed. */
export function LostDialog() {
  const { t } = useTranslation("together");
  const { catalog, editor } = useEditorScope();
  const lost = useEditor((state) => state.lost);
  const step = lost ? (catalog.get(lost.node.type)?.label ?? lost.node.type) : "";
  const close = () => editor.setState({ lost: null });
  return (
    <Modal opened={lost !== null} onClose={close} title={t("lost.title", { step })} centered withCloseButton={false}>
      <Text mb="lg">{t("lost.body")}</Text>
      <Group justify="flex-end" gap="xs">
        <Button variant="default" onClick={close}>
          {t("lost.leave")}
        </Button>
        <Button onClick={() => lost && giveBack(lost)} data-autofocus data-main>
          {t("lost.back")}
        </Button>
      </Group>
    </Modal>
  );

  function giveBack({ node, position, draft }: Lost): void {
    const { present } = editor.getState().history;
    if (!nodeById(present, node.id)) apply(editor, putBack(present, node, position));
    openStep(editor, node.id);
    editor.setState({ lost: null, draft, intoSettings: true });
  }
}
