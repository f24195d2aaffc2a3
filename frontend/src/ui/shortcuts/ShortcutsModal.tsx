import { Kbd, Modal } from "@mantine/core";
import { useTranslation } from "react-i18next";

import classes from "./ShortcutsModal.module.css";

interface ShortcutsModalProps {
  opened: boolean;
  onClose: () => void;
  title: string;
  /** What keys do, in words, and the caps to press. */
  shortcuts: readonly (readonly [label: string, keys: readonly string[]])[];
}

/** A list of keys that mean something. */
export function ShortcutsModal({ opened, onClose, title, shortcuts }: ShortcutsModalProps) {
  const { t } = useTranslation();
  return (
    <Modal opened={opened} onClose={onClose} title={title} closeButtonProps={{ "aria-label": t("close") }}>
      <table className={classes["keys"]}>
        <tbody>
          {shortcuts.map(([label, keys]) => (
            <tr key={label}>
              <td>
                {keys.map((key) => (
                  <Kbd key={key} mr={4}>
                    {key}
                  </Kbd>
                ))}
              </td>
              <th scope="row">{label}</th>
            </tr>
          ))}
        </tbody>
      </table>
    </Modal>
  );
}
