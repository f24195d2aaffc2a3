import { Button, Select, Stack, TagsInput, TextInput } from "@mantine/core";
import { useForm } from "@mantine/form";
import { useTranslation } from "react-i18next";

import { useCreateAttribute } from "@/api/attributes";
import type { Attribute } from "@/api/types";
import { toastDone } from "@/ui/feedback/toast";
import { showProblem } from "@/ui/forms";
import { PanelForm } from "@/ui/panel/PanelForm";
import { SidePanel } from "@/ui/panel/SidePanel";

import { hasOptions, kinds } from "./kinds";

const blank: Attribute = { name: "", kind: "text", options: [] };

export function NewAttributePanel({ opened, onClose }: { opened: boolean; onClose: () => void }) {
  const { t } = useTranslation("settings");
  const create = useCreateAttribute();
  const form = useForm<Attribute>({ initialValues: blank });
  const close = () => {
    form.reset();
    onClose();
  };
  const submit = form.onSubmit(({ name, kind, options }) =>
    create.mutate(
      { name, kind, ...(hasOptions(kind) && { options }) },
      {
        onSuccess: (made) => {
          toastDone({ message: t("attributes.created", { name: made.name }) });
          close();
        },
        onError: (error) => showProblem(form, error),
      },
    ),
  );
  return (
    <SidePanel opened={opened} onClose={close} title={t("attributes.new")}>
      <PanelForm
        onSubmit={submit}
        footer={
          <Button type="submit" loading={create.isPending}>
            {t("attributes.create")}
          </Button>
        }
      >
        <Stack gap="md">
          <TextInput
            label={t("attributes.name")}
            description={t("attributes.nameHint")}
            data-autofocus
            {...form.getInputProps("name")}
          />
          <Select
            label={t("attributes.kind")}
            allowDeselect={false}
            data={kinds.map((value) => ({ value, label: t(`kind.${value}`) }))}
            {...form.getInputProps("kind")}
          />
          {hasOptions(form.values.kind) && (
            <TagsInput
              label={t("attributes.options")}
              description={t("attributes.optionsHint")}
              {...form.getInputProps("options")}
            />
          )}
        </Stack>
      </PanelForm>
    </SidePanel>
  );
}
