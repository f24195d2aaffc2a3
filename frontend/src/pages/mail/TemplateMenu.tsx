import { Menu } from "@mantine/core";
import { IconCopy } from "@tabler/icons-react";
import { useTranslation } from "react-i18next";

import { type MailTemplateLine, useCopyTemplate, useDeleteTemplate } from "@/api/mailing";
import { DeleteItem, ItemMenu } from "@/ui/actions/ItemMenu";
import { useConfirmed } from "@/ui/actions/useConfirmed";
import { tellOutcome } from "@/ui/feedback/tellOutcome";
import { toastDone } from "@/ui/feedback/toast";

/** What can be done with one template in the list. */
export function TemplateMenu({ template: { id, name } }: { template: MailTemplateLine }) {
  const { t } = useTranslation("mail");
  const copy = useCopyTemplate();
  const remove = useConfirmed(useDeleteTemplate());
  const ask = () =>
    remove(id, {
      title: t("delete.title", { name }),
      body: t("delete.body"),
      said: t("delete.done", { name }),
    });
  const duplicate = () =>
    tellOutcome(copy.mutateAsync(id), (made) => toastDone({ message: t("copied", { name: made.name }) }));
  return (
    <ItemMenu name={t("menu", { name })} width={180}>
      <Menu.Item leftSection={<IconCopy size={15} />} onClick={duplicate}>
        {t("copy")}
      </Menu.Item>
      <DeleteItem onClick={ask} />
    </ItemMenu>
  );
}
