import { Stack, TextInput } from "@mantine/core";
import { useForm } from "@mantine/form";
import { useTranslation } from "react-i18next";

import { useSavePipeline } from "@/api/pipelines";
import type { Pipeline } from "@/api/types";
import { type Editing, EditPanel } from "@/ui/panel/EditPanel";
import { SavingForm } from "@/ui/panel/SavingForm";

import { asStages, draftsOf, type StageDraft } from "./stages";
import { StagesField } from "./StagesField";

/** Makes a pipeline, or renames one and orders its stages. */
export function PipelinePanel({ open, onClose }: Editing<Pipeline>) {
  const { t } = useTranslation("settings");
  return (
    <EditPanel open={open} onClose={onClose} newTitle={t("pipelines.new")}>
      {(pipeline) => <PipelineForm pipeline={pipeline} onDone={onClose} />}
    </EditPanel>
  );
}

function PipelineForm({ pipeline, onDone }: { pipeline: Pipeline | null; onDone: () => void }) {
  const { t } = useTranslation("settings");
  const save = useSavePipeline();
  const form = useForm<{ name: string; stages: StageDraft[] }>({
    initialValues: { name: pipeline?.name ?? "", stages: draftsOf(pipeline?.stages ?? [{ name: "" }]) },
  });
  return (
    <SavingForm
      form={form}
      save={save}
      draft={({ name, stages }) => ({ name, stages: asStages(stages), ...(pipeline && { id: pipeline.id }) })}
      said={t("saved")}
      onDone={onDone}
    >
      <Stack gap="lg">
        <TextInput label={t("pipelines.name")} data-autofocus {...form.getInputProps("name")} />
        <StagesField
          stages={form.values.stages}
          errors={form.errors}
          onChange={(stages) => form.setFieldValue("stages", stages)}
        />
      </Stack>
    </SavingForm>
  );
}
