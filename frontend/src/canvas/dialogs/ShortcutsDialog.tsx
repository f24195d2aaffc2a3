import { useTranslation } from "react-i18next";

import { useEditor, useEditorScope } from "@/canvas/state/EditorContext";
import { ShortcutsModal } from "@/ui/shortcuts/ShortcutsModal";

const shortcuts = [
  ["walk", ["↑", "↓", "←", "→"]],
  ["edit", ["Enter"]],
  ["apply", ["Ctrl Enter"]],
  ["add", ["Tab", "/"]],
  ["begin", ["N"]],
  ["connect", ["C"]],
  ["menu", ["Shift F10"]],
  ["remove", ["Del"]],
  ["remove_first", ["Ctrl ⌫"]],
  ["undo", ["Ctrl Z"]],
  ["redo", ["Ctrl Shift Z"]],
  ["copy", ["Ctrl C", "Ctrl X", "Ctrl V"]],
  ["duplicate", ["Ctrl D"]],
  ["nudge", ["Shift ↑", "↓", "←", "→"]],
  ["all", ["Ctrl A"]],
  ["select_up", ["Alt S", "U"]],
  ["select_down", ["Alt S", "D"]],
  ["select_connected", ["Alt S", "C"]],
  ["several", ["Shift"]],
  ["group", ["Ctrl G"]],
  ["ungroup", ["Ctrl Shift G"]],
  ["fold", ["G"]],
  ["fold_all", ["Shift G"]],
  ["find", ["Ctrl F"]],
  ["tidy", ["T"]],
  ["pan", ["␣"]],
  ["rename", ["F2"]],
  ["activate", ["P"]],
  ["outline", ["O"]],
  ["fit", ["1"]],
  ["fit_selection", ["2"]],
  ["zoom", ["0", "+", "−"]],
  ["close", ["Esc"]],
  ["help", ["?"]],
] as const;

/** Every key that means something on the canvas. */
export function ShortcutsDialog() {
  const { t } = useTranslation("editor");
  const { editor } = useEditorScope();
  const opened = useEditor((state) => state.panel === "shortcuts");
  return (
    <ShortcutsModal
      opened={opened}
      onClose={() => editor.setState({ panel: null })}
      title={t("keys.title")}
      shortcuts={shortcuts.map(([name, keys]) => [t(`keys.${name}`), keys] as const)}
    />
  );
}
