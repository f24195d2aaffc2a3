import { useTranslation } from "react-i18next";

import { shortcuts } from "@/canvas/keys/shortcuts";
import { useEditor, useEditorScope } from "@/canvas/state/EditorContext";
import { ShortcutsModal } from "@/ui/shortcuts/ShortcutsModal";

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
