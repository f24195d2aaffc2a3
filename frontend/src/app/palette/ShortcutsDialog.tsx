import { useTranslation } from "react-i18next";

import { ShortcutsModal } from "@/ui/shortcuts/ShortcutsModal";

const shortcuts = [
  ["palette", ["Ctrl", "K"]],
  ["search", ["/"]],
  ["automations", ["G", "A"]],
  ["campaigns", ["G", "M"]],
  ["contacts", ["G", "C"]],
  ["templates", ["G", "T"]],
  ["deals", ["G", "D"]],
  ["notifications", ["G", "N"]],
  ["settings", ["G", "S"]],
  ["help", ["?"]],
] as const;

/** "?": every shortcut outside the editor, which has its own list. */
export function ShortcutsDialog({ onClose }: { onClose: () => void }) {
  const { t } = useTranslation();
  return (
    <ShortcutsModal
      opened
      onClose={onClose}
      title={t("shortcuts.title")}
      shortcuts={shortcuts.map(([name, keys]) => [t(`shortcuts.${name}`), keys] as const)}
    />
  );
}
