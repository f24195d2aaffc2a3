import { Button, Group, List, Modal, Text } from "@mantine/core";
import type { ReactNode } from "react";
import { useTranslation } from "react-i18next";

import type { Side } from "@/flow/merge";

interface WhoseStaysProps {
  opened: boolean;
  /** What was changed here and elsewhere. */
  things: readonly string[];
  rest: ReactNode;
  busy?: boolean;
  onChoose: (prefer: Side) => void;
  /** Without it, there is no way around the answer. */
  onClose?: () => void;
}

/** Two changed the same thing, each in another way: nothing was overwritten, and the user chooses whose stays. */
export function WhoseStays({ opened, things, rest, busy = false, onChoose, onClose }: WhoseStaysProps) {
  const { t } = useTranslation("together");
  const free = onClose !== undefined;
  return (
    <Modal
      opened={opened}
      onClose={() => onClose?.()}
      title={t("clash.title")}
      centered
      withCloseButton={free}
      closeOnEscape={free}
      closeOnClickOutside={free}
      closeButtonProps={{ "aria-label": t("clash.back") }}
    >
      <Text mb="sm">{t("clash.body")}</Text>
      <List size="sm" mb="sm">
        {things.map((thing) => (
          <List.Item key={thing}>{thing}</List.Item>
        ))}
      </List>
      <Text size="sm" c="dimmed" mb="lg">
        {rest}
      </Text>
      <Group justify="flex-end" gap="xs">
        <Button variant="default" loading={busy} onClick={() => onChoose("theirs")}>
          {t("clash.theirs")}
        </Button>
        <Button loading={busy} onClick={() => onChoose("mine")}>
          {t("clash.mine")}
        </Button>
      </Group>
    </Modal>
  );
}
