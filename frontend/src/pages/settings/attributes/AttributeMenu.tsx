import { Menu } from "@mantine/core";
import { IconListDetails } from "@tabler/icons-react";
import { useTranslation } from "react-i18next";

import { useDeleteAttribute } from "@/api/attributes";
import { useCan } from "@/api/session";
import type { Attribute } from "@/api/types";
import { DeleteItem, ItemMenu } from "@/ui/actions/ItemMenu";
import { useConfirmed } from "@/ui/actions/useConfirmed";

import { hasOptions } from "./kinds";

/** Changes an attribute's options or deletes it; the server refuses while something still uses it, and says what. */
export function AttributeMenu({ attribute: { name, kind }, onOptions }: { attribute: Attribute; onOptions: () => void }) {
  const { t } = useTranslation("settings");
  const may = useCan()("attributes.edit");
  const remove = useConfirmed(useDeleteAttribute());
  const ask = () =>
    remove(name, {
      title: t("attributes.delete.title", { name }),
      body: t("attributes.delete.body"),
      said: t("attributes.deleted", { name }),
    });
  if (!may) return null;
  return (
    <ItemMenu name={t("actionsFor", { name })} width={180}>
      {hasOptions(kind) && (
        <Menu.Item leftSection={<IconListDetails size={15} />} onClick={onOptions}>
          {t("attributes.editOptions")}
        </Menu.Item>
      )}
      <DeleteItem onClick={ask} />
    </ItemMenu>
  );
}
