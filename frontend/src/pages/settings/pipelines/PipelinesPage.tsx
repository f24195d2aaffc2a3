import { Group, Text } from "@mantine/core";
import { IconTimeline } from "@tabler/icons-react";
import { useState } from "react";
import { useTranslation } from "react-i18next";

import { usePipelines } from "@/api/pipelines";
import type { Pipeline } from "@/api/types";
import { Pill } from "@/ui/badge/Pill";
import { EmptyState } from "@/ui/feedback/EmptyState";
import { ItemRow } from "@/ui/list/ItemRow";
import { Items } from "@/ui/list/Items";

import { AddButton } from "../AddButton";
import { SectionHead } from "../SectionHead";
import { PipelineMenu } from "./PipelineMenu";
import { PipelinePanel } from "./PipelinePanel";

export default function PipelinesPage() {
  const { t } = useTranslation("settings");
  const [open, setOpen] = useState<Pipeline | "new" | null>(null);
  const add = (
    <AddButton permission="pipelines.edit" onClick={() => setOpen("new")}>
      {t("pipelines.new")}
    </AddButton>
  );
  return (
    <>
      <SectionHead title={t("section.pipelines")} body={t("pipelines.body")} action={add} />
      <Items
        card
        query={usePipelines()}
        empty={<EmptyState icon={<IconTimeline size={22} />} title={t("pipelines.none")} body={t("pipelines.noneBody")} />}
      >
        {(pipeline) => (
          <ItemRow key={pipeline.id} menu={<PipelineMenu pipeline={pipeline} onEdit={() => setOpen(pipeline)} />}>
            <Group gap="sm">
              <Text fw={550}>{pipeline.name}</Text>
              {pipeline.is_default && (
                <Pill dot={false}>
                  {t("pipelines.default")}
                </Pill>
              )}
            </Group>
            <Text size="sm" c="dimmed">
              {pipeline.stages.map(({ name }) => name).join(" → ")}
            </Text>
          </ItemRow>
        )}
      </Items>
      <PipelinePanel open={open} onClose={() => setOpen(null)} />
    </>
  );
}
