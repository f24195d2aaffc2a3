import { Button, Modal, Stack, Text } from "@mantine/core";
import { useTranslation } from "react-i18next";

interface ClashDialogProps {
  opened: boolean;
  saving: boolean;
  onClose: () => void;
  onCopy: () => void;
  onOverwrite: () => void;
  onReload: () => void;
}

/** Somebody else saved the template that is being edited: nothing is lost until one says so. */
export function ClashDialog({ opened, saving, onClose, onCopy, onOverwrite, onReload }: ClashDialogProps) {
  const { t } = useTranslation("mail");
  return (
    <Modal opened={opened} onClose={onClose} title={t("clash.title")} centered>
      <Stack gap="sm">
        <Text>{t("clash.body")}</Text>
        <Button onClick={onCopy} loading={saving} data-autofocus>
          {t("clash.copy")}
        </Button>
        <Button variant="default" onClick={onOverwrite} disabled={saving}>
          {t("clash.overwrite")}
        </Button>
        <Button variant="subtle" color="red.9" onClick={onReload} disabled={saving}>
          {t("clash.reload")}
        </Button>
      </Stack>
    </Modal>
  );
}
