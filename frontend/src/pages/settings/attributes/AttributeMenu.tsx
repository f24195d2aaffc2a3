import { ActionIcon, Menu } from "@mantine/core";
import { IconDots, IconListDetails, IconTrash } from "@tabler/icons-react";
import { useTranslation } from "react-i18next";

import { useDeleteAttribute } from "@/api/attributes";
import { useCan } from "@/api/session";
import type { Attribute } from "@/api/types";
import { useConfirm } from "@/ui/actions/useConfirm";
import { toastDone, toastProblem } from "@/ui/feedback/toast";

import { hasOptions } from "./kinds";

/** Changes an attribute's options or deletes it; the server refuses while something still uses it, and says what. */
export function AttributeMenu({ attribute: { name, kind }, onOptions }: { attribute: Attribute; onOptions: () => void }) {
  const { t } = useTranslation(["settings", "common"]);
  const may = useCan()("attributes.edit");
  const confirm = useConfirm();
  const remove = useDeleteAttribute();
  const ask = () =>
    confirm({
      title: t("attributes.delete.title", { name }),
      body: t("attributes.delete.body"),
      verb: t("common:delete"),
      onConfirm: () =>
        remove.mutate(name, {
          onSuccess: () => toastDone({ message: t("attributes.deleted", { name }) }),
          onError: toastProblem,
        }),
    });
  if (!may) return null;
  return (
    <Menu width={180}>
      <Menu.Target>
        <ActionIcon variant="subtle" color="gray" aria-label={t("actionsFor", { name })}>
          <IconDots size={17} />
        </ActionIcon>
      </Menu.Target>
      <Menu.Dropdown>
        {hasOptions(kind) && (
          <Menu.Item leftSection={<IconListDetails size={15} />} onClick={onOptions}>
            {t("attributes.editOptions")}
          </Menu.Item>
        )}
        <Menu.Item color="red" leftSection={<IconTrash size={15} />} onClick={ask}>
          {t("common:delete")}
        </Menu.Item>
      </Menu.Dropdown>
    </Menu>
  );
}
