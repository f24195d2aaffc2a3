import { ActionIcon, Menu } from "@mantine/core";
import { IconDots, IconPencil, IconStar, IconTrash } from "@tabler/icons-react";
import { useTranslation } from "react-i18next";

import { useDeletePipeline, useMakeDefaultPipeline } from "@/api/pipelines";
import type { Pipeline } from "@/api/types";
import { useConfirm } from "@/ui/actions/useConfirm";
import { toastProblem } from "@/ui/feedback/toast";

export function PipelineMenu({ pipeline: { id, name, is_default }, onEdit }: { pipeline: Pipeline; onEdit: () => void }) {
  const { t } = useTranslation(["settings", "common"]);
  const confirm = useConfirm();
  const remove = useDeletePipeline();
  const makeDefault = useMakeDefaultPipeline();
  const ask = () =>
    confirm({
      title: t("pipelines.delete.title", { name }),
      body: t("pipelines.delete.body"),
      verb: t("common:delete"),
      onConfirm: () => remove.mutate(id, { onError: toastProblem }),
    });
  return (
    <Menu width={190}>
      <Menu.Target>
        <ActionIcon variant="subtle" color="gray" aria-label={t("actionsFor", { name })}>
          <IconDots size={17} />
        </ActionIcon>
      </Menu.Target>
      <Menu.Dropdown>
        <Menu.Item leftSection={<IconPencil size={15} />} onClick={onEdit}>
          {t("common:edit")}
        </Menu.Item>
        {!is_default && (
          <Menu.Item leftSection={<IconStar size={15} />} onClick={() => makeDefault.mutate(id, { onError: toastProblem })}>
            {t("pipelines.makeDefault")}
          </Menu.Item>
        )}
        <Menu.Item color="red" leftSection={<IconTrash size={15} />} onClick={ask}>
          {t("common:delete")}
        </Menu.Item>
      </Menu.Dropdown>
    </Menu>
  );
}
