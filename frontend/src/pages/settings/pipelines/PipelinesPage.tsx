import { Group, Text } from "@mantine/core";
import { IconPlus, IconTimeline } from "@tabler/icons-react";
import { useState } from "react";
import { useTranslation } from "react-i18next";

import { usePipelines } from "@/api/pipelines";
import type { Pipeline } from "@/api/types";
import { GuardedButton } from "@/ui/actions/GuardedButton";
import { Pill } from "@/ui/badge/Pill";
import { Card } from "@/ui/card/Card";
import { EmptyState } from "@/ui/feedback/EmptyState";
import { Loaded } from "@/ui/feedback/Loaded";
import { SkeletonRows } from "@/ui/feedback/SkeletonRows";
import { ItemRow } from "@/ui/list/ItemRow";

import { SectionHead } from "../SectionHead";
import { PipelineMenu } from "./PipelineMenu";
import { PipelinePanel } from "./PipelinePanel";

export default function PipelinesPage() {
  const { t } = useTranslation("settings");
  const [open, setOpen] = useState<Pipeline | "new" | null>(null);
  const create = (
    <GuardedButton permission="pipelines.edit" leftSection={<IconPlus size={16} />} onClick={() => setOpen("new")}>
      {t("pipelines.new")}
    </GuardedButton>
  );
  return (
    <>
      <SectionHead title={t("section.pipelines")} body={t("pipelines.body")} action={create} />
      <Loaded query={usePipelines()} skeleton={<SkeletonRows />}>
        {({ items }) =>
          items.length === 0 ? (
            <EmptyState icon={<IconTimeline size={22} />} title={t("pipelines.none")} body={t("pipelines.noneBody")} />
          ) : (
            <Card flush>
              {items.map((pipeline) => (
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
              ))}
            </Card>
          )
        }
      </Loaded>
      <PipelinePanel open={open} onClose={() => setOpen(null)} />
    </>
  );
}
