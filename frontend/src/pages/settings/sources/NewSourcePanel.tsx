import { Radio, Stack, TextInput } from "@mantine/core";
import { useForm } from "@mantine/form";
import { useTranslation } from "react-i18next";

import { useCreateSource } from "@/api/sources";
import type { NewSource } from "@/api/types";
import { SavingForm } from "@/ui/panel/SavingForm";
import { SidePanel } from "@/ui/panel/SidePanel";

const kinds = ["server", "website"] as const;

/** Adds a source: a name, and whether its key is kept on a server or stands in pages. */
export function NewSourcePanel({ opened, onClose }: { opened: boolean; onClose: () => void }) {
  const { t } = useTranslation("doors");
  const create = useCreateSource();
  const form = useForm<NewSource>({ initialValues: { name: "", kind: "server" } });
  const close = () => {
    form.reset();
    onClose();
  };
  return (
    <SidePanel opened={opened} onClose={close} title={t("sources.new")}>
      <SavingForm form={form} save={create} draft={(values) => values} verb={t("sources.new")} onDone={close}>
        <Stack gap="md">
          <TextInput label={t("sources.name")} data-autofocus {...form.getInputProps("name")} />
          <Radio.Group label={t("sources.kind")} {...form.getInputProps("kind")}>
            <Stack gap="sm" mt="xs">
              {kinds.map((kind) => (
                <Radio key={kind} value={kind} label={t(`sources.kinds.${kind}`)} description={t(`sources.kindHint.${kind}`)} />
              ))}
            </Stack>
          </Radio.Group>
        </Stack>
      </SavingForm>
    </SidePanel>
  );
}
