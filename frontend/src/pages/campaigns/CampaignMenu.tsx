import { ActionIcon, Menu } from "@mantine/core";
import { IconCopy, IconDots, IconTrash } from "@tabler/icons-react";
import { useTranslation } from "react-i18next";

import { type Campaign, useCopyCampaign, useDeleteCampaign } from "@/api/campaigns";
import { useConfirm } from "@/ui/actions/useConfirm";
import { toastDone, toastProblem } from "@/ui/feedback/toast";

import { openCampaign } from "./openCampaign";

/** What can be done with one campaign in the list. */
export function CampaignMenu({ campaign: { id, name, state } }: { campaign: Campaign }) {
  const { t } = useTranslation(["campaigns", "common"]);
  const copy = useCopyCampaign();
  const remove = useDeleteCampaign();
  const confirm = useConfirm();
  const ask = () =>
    confirm({
      title: t("delete.title", { name }),
      body: t("delete.body"),
      verb: t("common:delete"),
      onConfirm: () =>
        remove.mutate(id, { onSuccess: () => toastDone({ message: t("delete.done", { name }) }), onError: toastProblem }),
    });
  const duplicate = () => copy.mutate(id, { onSuccess: (made) => openCampaign(made.id), onError: toastProblem });
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
        {state === "draft" && (
          <Menu.Item color="red" leftSection={<IconTrash size={15} />} onClick={ask}>
            {t("common:delete")}
          </Menu.Item>
        )}
      </Menu.Dropdown>
    </Menu>
  );
}
