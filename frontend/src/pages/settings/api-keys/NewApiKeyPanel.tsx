import { TextInput } from "@mantine/core";
import { useForm } from "@mantine/form";
import { useTranslation } from "react-i18next";

import { useCreateApiKey } from "@/api/settings";
import { SavingForm } from "@/ui/panel/SavingForm";
import { SidePanel } from "@/ui/panel/SidePanel";

import { ShownOnce } from "../ShownOnce";

/** Makes a key and shows it, this once. */
export function NewApiKeyPanel({ opened, onClose }: { opened: boolean; onClose: () => void }) {
  const { t } = useTranslation("settings");
  const create = useCreateApiKey();
  const form = useForm({ initialValues: { name: "" } });
  const close = () => {
    create.reset();
    form.reset();
    onClose();
  };
  const key = create.data?.key;
  return (
    <SidePanel opened={opened} onClose={close} title={t("apiKeys.new")}>
      {key ? (
        <ShownOnce value={key} once={t("apiKeys.once")} copy={t("apiKeys.copy")} onDone={close} />
      ) : (
        <SavingForm form={form} save={create} draft={({ name }) => name} verb={t("apiKeys.create")}>
          <TextInput
            label={t("apiKeys.name")}
            description={t("apiKeys.nameHint")}
            data-autofocus
            {...form.getInputProps("name")}
          />
        </SavingForm>
      )}
    </SidePanel>
  );
}
