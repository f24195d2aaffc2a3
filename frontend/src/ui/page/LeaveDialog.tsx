import { Button, Group, Modal, Text } from "@mantine/core";
import { type RefObject, useEffect } from "react";
import { useTranslation } from "react-i18next";
import { useBlocker } from "react-router";

interface LeaveDialogProps {
  unsaved: RefObject<boolean>;
  /** Answers with null when it could not be saved. */
  onSave: () => Promise<number | null>;
}

/** Asks what becomes of unsaved changes before the page is left. */
export function LeaveDialog({ unsaved, onSave }: LeaveDialogProps) {
  const { t } = useTranslation(["mail", "common"]);
  const blocker = useBlocker(
    ({ currentLocation, nextLocation }) => unsaved.current && currentLocation.pathname !== nextLocation.pathname,
  );
  useEffect(() => {
    const warn = (event: BeforeUnloadEvent) => unsaved.current && event.preventDefault();
    window.addEventListener("beforeunload", warn);
    return () => window.removeEventListener("beforeunload", warn);
  }, [unsaved]);
  const saveAndGo = async () => {
    if ((await onSave()) === null) blocker.reset?.();
    else blocker.proceed?.();
  };
  return (
    <Modal
      opened={blocker.state === "blocked"}
      onClose={() => blocker.reset?.()}
      title={t("leave.title")}
      centered
      closeButtonProps={{ "aria-label": t("common:close") }}
    >
      <Text mb="lg">{t("leave.body")}</Text>
      <Group justify="flex-end" gap="xs">
        <Button variant="subtle" color="gray" onClick={() => blocker.reset?.()}>
          {t("leave.stay")}
        </Button>
        <Button variant="default" onClick={() => blocker.proceed?.()}>
          {t("leave.discard")}
        </Button>
        <Button onClick={() => void saveAndGo()} data-autofocus>
          {t("common:save")}
        </Button>
      </Group>
    </Modal>
  );
}
