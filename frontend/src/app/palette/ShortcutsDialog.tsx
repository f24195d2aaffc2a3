import { Group, Kbd, Modal, Stack, Text } from "@mantine/core";
import { useTranslation } from "react-i18next";

const rows = [
  ["palette", ["Ctrl", "K"]],
  ["search", ["/"]],
  ["automations", ["G", "A"]],
  ["contacts", ["G", "C"]],
  ["deals", ["G", "D"]],
  ["notifications", ["G", "N"]],
  ["settings", ["G", "S"]],
  ["help", ["?"]],
] as const;

/** "?": every shortcut outside the editor, which has its own list. */
export function ShortcutsDialog({ onClose }: { onClose: () => void }) {
  const { t } = useTranslation();
  return (
    <Modal opened onClose={onClose} title={t("shortcuts.title")} centered closeButtonProps={{ "aria-label": t("close") }}>
      <Stack gap="xs">
        {rows.map(([key, keys]) => (
          <Group key={key} justify="space-between">
            <Text>{t(`shortcuts.${key}`)}</Text>
            <Group gap={4}>
              {keys.map((cap) => (
                <Kbd key={cap}>{cap}</Kbd>
              ))}
            </Group>
          </Group>
        ))}
      </Stack>
    </Modal>
  );
}
