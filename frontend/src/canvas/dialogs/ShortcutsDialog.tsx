import { Kbd, Modal } from "@mantine/core";
import { useTranslation } from "react-i18next";

import { useEditor, useEditorScope } from "@/canvas/state/EditorContext";

import classes from "./dialogs.module.css";

const shortcuts = [
  ["walk", ["↑", "↓", "←", "→"]],
  ["edit", ["Enter"]],
  ["add", ["Tab", "/"]],
  ["remove", ["Del"]],
  ["remove_first", ["Ctrl ⌫"]],
  ["undo", ["Ctrl Z"]],
  ["redo", ["Ctrl Shift Z"]],
  ["copy", ["Ctrl C", "Ctrl X", "Ctrl V"]],
  ["duplicate", ["Ctrl D"]],
  ["all", ["Ctrl A"]],
  ["rename", ["F2"]],
  ["fit", ["1"]],
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
    <Modal
      opened={opened}
      onClose={() => editor.setState({ panel: null })}
      title={t("keys.title")}
      closeButtonProps={{ "aria-label": t("common.close") }}
    >
      <table className={classes["keys"]}>
        <tbody>
          {shortcuts.map(([name, keys]) => (
            <tr key={name}>
              <td>
                {keys.map((key) => (
                  <Kbd key={key} mr={4}>
                    {key}
                  </Kbd>
                ))}
              </td>
              <th scope="row">{t(`keys.${name}`)}</th>
            </tr>
          ))}
        </tbody>
      </table>
    </Modal>
  );
}
