import { Select, Stack, TagsInput, TextInput } from "@mantine/core";
import { useForm } from "@mantine/form";
import { useTranslation } from "react-i18next";

import { useCreateAttribute } from "@/api/attributes";
import type { Attribute } from "@/api/types";
import { toastDone } from "@/ui/feedback/toast";
import { SavingForm } from "@/ui/panel/SavingForm";
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
  return (
    <SidePanel opened={opened} onClose={close} title={t("attributes.new")}>
      <SavingForm
        form={form}
        save={create}
        draft={({ name, kind, options }) => ({ name, kind, ...(hasOptions(kind) && { options }) })}
        verb={t("attributes.create")}
        onDone={({ name }) => {
          toastDone({ message: t("attributes.created", { name }) });
          close();
        }}
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
      </SavingForm>
    </SidePanel>
  );
}
