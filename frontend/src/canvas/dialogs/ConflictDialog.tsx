import { Button, Group, List, Modal, Text } from "@mantine/core";
import { useState } from "react";
import { useTranslation } from "react-i18next";

import { useStepWords } from "@/canvas/state/EditorContext";
import type { Clash, Side } from "@/flow/merge";
import { toastProblem } from "@/ui/feedback/toast";

interface ConflictDialogProps {
  clashes: readonly Clash[];
  resolve: (prefer: Side) => Promise<void>;
}

/** Two changed the same thing, each in another way: nothing was overwritten, and the user chooses whose stays. */
export function ConflictDialog({ clashes, resolve }: ConflictDialogProps) {
  const { t } = useTranslation("together");
  const words = useStepWords();
  const [busy, setBusy] = useState(false);
  const choose = (prefer: Side) => {
    setBusy(true);
    void resolve(prefer)
      .catch(toastProblem)
      .finally(() => setBusy(false));
  };
  const name = (clash: Clash): string => {
    if (clash.kind === "step") return words.type(clash.type);
    if (clash.kind === "way") return t("clash.way", { step: words.step(clash.edge.from), port: words.port(clash.edge) });
    return t(`clash.${clash.kind}`);
  };
  return (
    <Modal
      opened={clashes.length > 0}
      onClose={() => undefined}
      title={t("clash.title")}
      centered
      withCloseButton={false}
      closeOnEscape={false}
      closeOnClickOutside={false}
    >
      <Text mb="sm">{t("clash.body")}</Text>
      <List size="sm" mb="sm">
        {clashes.map((clash) => (
          <List.Item key={JSON.stringify(clash)}>{name(clash)}</List.Item>
        ))}
      </List>
      <Text size="sm" c="dimmed" mb="lg">
        {t("clash.rest")}
      </Text>
      <Group justify="flex-end" gap="xs">
        <Button variant="default" loading={busy} onClick={() => choose("theirs")}>
          {t("clash.theirs")}
        </Button>
        <Button loading={busy} onClick={() => choose("mine")}>
          {t("clash.mine")}
        </Button>
      </Group>
    </Modal>
  );
}
