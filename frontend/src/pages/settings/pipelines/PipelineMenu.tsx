import { Menu } from "@mantine/core";
import { IconStar } from "@tabler/icons-react";
import { useTranslation } from "react-i18next";

import { useDeletePipeline, useMakeDefaultPipeline } from "@/api/pipelines";
import type { Pipeline } from "@/api/types";
import { DeleteItem, EditItem, ItemMenu } from "@/ui/actions/ItemMenu";
import { useConfirmed } from "@/ui/actions/useConfirmed";
import { tellOutcome } from "@/ui/feedback/tellOutcome";

export function PipelineMenu({ pipeline: { id, name, is_default }, onEdit }: { pipeline: Pipeline; onEdit: () => void }) {
  const { t } = useTranslation("settings");
  const remove = useConfirmed(useDeletePipeline());
  const makeDefault = useMakeDefaultPipeline();
  const ask = () => remove(id, { title: t("pipelines.delete.title", { name }), body: t("pipelines.delete.body") });
  return (
    <ItemMenu name={t("actionsFor", { name })} width={190}>
      <EditItem onClick={onEdit} />
      {!is_default && (
        <Menu.Item leftSection={<IconStar size={15} />} onClick={() => tellOutcome(makeDefault.mutateAsync(id))}>
          {t("pipelines.makeDefault")}
        </Menu.Item>
      )}
      <DeleteItem onClick={ask} />
    </ItemMenu>
  );
}
