import { ActionIcon, Menu } from "@mantine/core";
import { IconCopy, IconDots, IconTrash } from "@tabler/icons-react";
import { useTranslation } from "react-i18next";

import { type MailTemplateLine, useCopyTemplate, useDeleteTemplate } from "@/api/mailing";
import { useConfirm } from "@/ui/actions/useConfirm";
import { toastDone, toastProblem } from "@/ui/feedback/toast";

/** What can be done with one template in the list. */
export function TemplateMenu({ template: { id, name } }: { template: MailTemplateLine }) {
  const { t } = useTranslation(["mail", "common"]);
  const copy = useCopyTemplate();
  const remove = useDeleteTemplate();
  const confirm = useConfirm();
  const ask = () =>
    confirm({
      title: t("delete.title", { name }),
      body: t("delete.body"),
      verb: t("common:delete"),
      onConfirm: () =>
        remove.mutate(id, { onSuccess: () => toastDone({ message: t("delete.done", { name }) }), onError: toastProblem }),
    });
  const duplicate = () =>
    copy.mutate(id, {
      onSuccess: (made) => toastDone({ message: t("copied", { name: made.name }) }),
      onError: toastProblem,
    });
  return (
    <Menu width={180} withinPortal>
      <Menu.Target>
        <ActionIcon
          variant="subtle"
          color="gray"
          aria-label={t("menu", { name })}
          onClick={(event) => event.stopPropagation()}
        >
          <IconDots size={17} />
        </ActionIcon>
      </Menu.Target>
      <Menu.Dropdown onClick={(event) => event.stopPropagation()}>
        <Menu.Item leftSection={<IconCopy size={15} />} onClick={duplicate}>
          {t("copy")}
        </Menu.Item>
        <Menu.Item color="red" leftSection={<IconTrash size={15} />} onClick={ask}>
          {t("common:delete")}
        </Menu.Item>
      </Menu.Dropdown>
    </Menu>
  );
}
