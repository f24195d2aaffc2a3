import { Menu } from "@mantine/core";
import { IconDots, IconPencil, IconTrash } from "@tabler/icons-react";
import type { ReactNode } from "react";
import { useTranslation } from "react-i18next";

import { IconButton } from "./IconButton";

interface ItemMenuProps {
  /** Says whose menu it is. */
  name: string;
  width: number;
  /** Menu items. */
  children: ReactNode;
}

/** What can be done with one thing of a list, behind three dots. In a row that opens by a click, it does not open it. */
export function ItemMenu({ name, width, children }: ItemMenuProps) {
  return (
    <Menu width={width}>
      <Menu.Target>
        <IconButton name={name} size="md" onClick={(event) => event.stopPropagation()}>
          <IconDots size={17} />
        </IconButton>
      </Menu.Target>
      <Menu.Dropdown onClick={(event) => event.stopPropagation()}>{children}</Menu.Dropdown>
    </Menu>
  );
}

export function EditItem({ onClick }: { onClick: () => void }) {
  const { t } = useTranslation();
  return (
    <Menu.Item leftSection={<IconPencil size={15} />} onClick={onClick}>
      {t("edit")}
    </Menu.Item>
  );
}

export function DeleteItem({ onClick }: { onClick: () => void }) {
  const { t } = useTranslation();
  return (
    <Menu.Item color="red" leftSection={<IconTrash size={15} />} onClick={onClick}>
      {t("delete")}
    </Menu.Item>
  );
}
