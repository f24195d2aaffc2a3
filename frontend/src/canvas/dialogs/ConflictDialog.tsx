import { Button, Group, Modal, Text } from "@mantine/core";
import { useState } from "react";
import { useTranslation } from "react-i18next";

import { toastProblem } from "@/ui/feedback/toast";

interface ConflictDialogProps {
  opened: boolean;
  resolve: (keepMine: boolean) => Promise<void>;
}

/** The draft was changed elsewhere meanwhile: nothing was overwritten, and the user chooses. */
export function ConflictDialog({ opened, resolve }: ConflictDialogProps) {
  const { t } = useTranslation("editor");
  const [busy, setBusy] = useState(false);
  const choose = (keepMine: boolean) => {
    setBusy(true);
    void resolve(keepMine)
      .catch(toastProblem)
      .finally(() => setBusy(false));
  };
  return (
    <Modal
      opened={opened}
      onClose={() => undefined}
      title={t("conflict.title")}
      centered
      withCloseButton={false}
      closeOnEscape={false}
      closeOnClickOutside={false}
    >
      <Text mb="lg">{t("conflict.body")}</Text>
      <Group justify="flex-end" gap="xs">
        <Button variant="default" loading={busy} onClick={() => choose(false)}>
          {t("conflict.theirs")}
        </Button>
        <Button loading={busy} onClick={() => choose(true)}>
          {t("conflict.mine")}
        </Button>
      </Group>
    </Modal>
  );
}
