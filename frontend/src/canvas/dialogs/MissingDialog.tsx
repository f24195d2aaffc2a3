import { Modal, Text } from "@mantine/core";
import { useTranslation } from "react-i18next";

import { useEditor, useEditorScope } from "@/canvas/state/EditorContext";

import { ProblemList } from "./ProblemList";

/** What pasted steps name that does not exist in this workspace; each leads to its step. */
export function MissingDialog() {
  const { t } = useTranslation("editor");
  const { editor } = useEditorScope();
  const missing = useEditor((state) => state.missing);
  const close = () => editor.setState({ missing: null });
  return (
    <Modal
      opened={missing !== null}
      onClose={close}
      title={t("missing.title")}
      centered
      closeButtonProps={{ "aria-label": t("common.close") }}
    >
      <Text size="sm" mb="md">
        {t("missing.body")}
      </Text>
      <ProblemList problems={missing ?? []} onJump={close} />
    </Modal>
  );
}
