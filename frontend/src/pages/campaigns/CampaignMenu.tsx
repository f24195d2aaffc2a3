import { Menu } from "@mantine/core";
import { IconCopy } from "@tabler/icons-react";
import { useTranslation } from "react-i18next";

import { type Campaign, useCopyCampaign, useDeleteCampaign } from "@/api/campaigns";
import { DeleteItem, ItemMenu } from "@/ui/actions/ItemMenu";
import { useConfirmed } from "@/ui/actions/useConfirmed";
import { tellOutcome } from "@/ui/feedback/tellOutcome";

import { openCampaign } from "./openCampaign";

/** What can be done with one campaign in the list. */
export function CampaignMenu({ campaign: { id, name, state } }: { campaign: Campaign }) {
  const { t } = useTranslation("campaigns");
  const copy = useCopyCampaign();
  const remove = useConfirmed(useDeleteCampaign());
  const ask = () =>
    remove(id, {
      title: t("delete.title", { name }),
      body: t("delete.body"),
      said: t("delete.done", { name }),
    });
  const duplicate = () => tellOutcome(copy.mutateAsync(id, { onSuccess: (made) => openCampaign(made.id) }));
  return (
    <ItemMenu name={t("menu", { name })} width={180}>
      <Menu.Item leftSection={<IconCopy size={15} />} onClick={duplicate}>
        {t("copy")}
      </Menu.Item>
      {state === "draft" && <DeleteItem onClick={ask} />}
    </ItemMenu>
  );
}
