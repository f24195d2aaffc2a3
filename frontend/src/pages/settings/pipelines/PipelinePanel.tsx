import { Button, Stack, TextInput } from "@mantine/core";
import { useForm } from "@mantine/form";
import { useTranslation } from "react-i18next";

import { useSavePipeline } from "@/api/pipelines";
import type { Pipeline } from "@/api/types";
import { toastDone } from "@/ui/feedback/toast";
import { showProblem } from "@/ui/forms";
import { PanelForm } from "@/ui/panel/PanelForm";
import { SidePanel } from "@/ui/panel/SidePanel";

import { type StageDraft, asStages, draftsOf } from "./stages";
import { StagesField } from "./StagesField";

/** Makes a pipeline, or renames one and orders its stages. */
export function PipelinePanel({ open, onClose }: { open: Pipeline | "new" | null; onClose: () => void }) {
  const { t } = useTranslation("settings");
  const pipeline = open === "new" || open === null ? undefined : open;
  return (
    <SidePanel opened={open !== null} onClose={onClose} title={pipeline?.name ?? t("pipelines.new")}>
      {open && <PipelineForm key={pipeline?.id} pipeline={pipeline} onDone={onClose} />}
    </SidePanel>
  );
}

function PipelineForm({ pipeline, onDone }: { pipeline: Pipeline | undefined; onDone: () => void }) {
  const { t } = useTranslation(["settings", "common"]);
  const save = useSavePipeline();
  const form = useForm<{ name: string; stages: StageDraft[] }>({
    initialValues: { name: pipeline?.name ?? "", stages: draftsOf(pipeline?.stages ?? [{ name: "" }]) },
  });
  const submit = form.onSubmit(({ name, stages }) =>
    save.mutate(
      { name, stages: asStages(stages), ...(pipeline && { id: pipeline.id }) },
      {
        onSuccess: () => {
          toastDone({ message: t("saved") });
          onDone();
        },
        onError: (error) => showProblem(form, error),
      },
    ),
  );
  return (
    <PanelForm
      onSubmit={submit}
      footer={
        <Button type="submit" loading={save.isPending}>
          {t("common:save")}
        </Button>
      }
    >
      <Stack gap="lg">
        <TextInput label={t("pipelines.name")} data-autofocus {...form.getInputProps("name")} />
        <StagesField
          stages={form.values.stages}
          errors={form.errors}
          onChange={(stages) => form.setFieldValue("stages", stages)}
        />
      </Stack>
    </PanelForm>
  );
}
