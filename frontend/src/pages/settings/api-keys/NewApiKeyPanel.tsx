import { Alert, Button, Code, CopyButton, Stack, TextInput } from "@mantine/core";
import { useForm } from "@mantine/form";
import { IconCheck, IconCopy } from "@tabler/icons-react";
import { useTranslation } from "react-i18next";

import { useCreateApiKey } from "@/api/settings";
import { showProblem } from "@/ui/forms";
import { PanelForm } from "@/ui/panel/PanelForm";
import { PanelBody, SidePanel } from "@/ui/panel/SidePanel";

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
        <PanelBody>
          <Stack gap="md">
            <Alert color="yellow" variant="light">
              {t("apiKeys.once")}
            </Alert>
            <Code block style={{ overflowWrap: "anywhere", whiteSpace: "pre-wrap" }}>
              {key}
            </Code>
            <CopyKey value={key} />
            <Button variant="default" onClick={close}>
              {t("apiKeys.done")}
            </Button>
          </Stack>
        </PanelBody>
      ) : (
        <PanelForm
          onSubmit={form.onSubmit(({ name }) => create.mutate(name, { onError: (error) => showProblem(form, error) }))}
          footer={
            <Button type="submit" loading={create.isPending}>
              {t("apiKeys.create")}
            </Button>
          }
        >
          <TextInput
            label={t("apiKeys.name")}
            description={t("apiKeys.nameHint")}
            data-autofocus
            {...form.getInputProps("name")}
          />
        </PanelForm>
      )}
    </SidePanel>
  );
}

function CopyKey({ value }: { value: string }) {
  const { t } = useTranslation("settings");
  return (
    <CopyButton value={value}>
      {({ copied, copy }) => (
        <Button leftSection={copied ? <IconCheck size={16} /> : <IconCopy size={16} />} onClick={copy} aria-live="polite">
          {copied ? t("apiKeys.copied") : t("apiKeys.copy")}
        </Button>
      )}
    </CopyButton>
  );
}
