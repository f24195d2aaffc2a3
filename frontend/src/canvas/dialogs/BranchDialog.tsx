import { Button, Group, Modal, Radio, Stack } from "@mantine/core";
import { useState } from "react";
import { useTranslation } from "react-i18next";

import { useEditor, useEditorScope, useStepWords, useVerbs } from "@/canvas/state/EditorContext";
import { newPorts } from "@/canvas/verbs/adding";

/** Asks which branch of a split takes the steps that come after it. */
export function BranchDialog() {
  const splitting = useEditor((state) => state.splitting);
  return splitting && <OpenDialog key={splitting.type} {...splitting} />;
}

function OpenDialog({ type, edge }: { type: string; edge: { from: string; port: string; to: string } }) {
  const { t } = useTranslation("editor");
  const { catalog, editor } = useEditorScope();
  const verbs = useVerbs();
  const words = useStepWords();
  const ports = newPorts(catalog, type);
  const [port, setPort] = useState(ports[0]?.key ?? "");
  const close = () => editor.setState({ splitting: null });
  return (
    <Modal
      opened
      onClose={close}
      title={t("branch.title", { step: words.type(type) })}
      centered
      closeButtonProps={{ "aria-label": t("common.close") }}
    >
      <form
        onSubmit={(event) => {
          event.preventDefault();
          verbs.insert(type, edge, port);
        }}
      >
        <Radio.Group value={port} onChange={setPort} label={t("branch.question", { step: words.step(edge.to) })}>
          <Stack gap="xs" mt="sm">
            {ports.map(({ key, label }, index) => (
              <Radio key={key} value={key} label={label} {...(index === 0 && { "data-autofocus": true })} />
            ))}
          </Stack>
        </Radio.Group>
        <Group justify="flex-end" gap="xs" mt="lg">
          <Button variant="default" onClick={close}>
            {t("common.cancel")}
          </Button>
          <Button type="submit">{t("branch.insert")}</Button>
        </Group>
      </form>
    </Modal>
  );
}
