import { Stack, TagsInput, TextInput } from "@mantine/core";
import { useForm } from "@mantine/form";
import { useTranslation } from "react-i18next";

import { useCreateWebhook } from "@/api/webhooks";
import { SavingForm } from "@/ui/panel/SavingForm";
import { SidePanel } from "@/ui/panel/SidePanel";

import { events, useEventName } from "./useEventName";

interface NewWebhookPanelProps {
  opened: boolean;
  onClose: () => void;
  /** Gets the secret, which nobody can read again. */
  onMade: (secret: string) => void;
}

/** Adds an address, and what it shall be told. */
export function NewWebhookPanel({ opened, onClose, onMade }: NewWebhookPanelProps) {
  const { t } = useTranslation("doors");
  const say = useEventName();
  const create = useCreateWebhook();
  const form = useForm({ initialValues: { name: "", url: "", events: [] as string[] } });
  const close = () => {
    form.reset();
    onClose();
  };
  return (
    <SidePanel opened={opened} onClose={close} title={t("webhooks.new")}>
      <SavingForm
        form={form}
        save={create}
        draft={(values) => values}
        verb={t("webhooks.new")}
        onDone={({ secret }) => {
          close();
          onMade(secret);
        }}
      >
        <Stack gap="md">
          <TextInput label={t("webhooks.url")} placeholder="https://" data-autofocus {...form.getInputProps("url")} />
          <TagsInput
            label={t("webhooks.events")}
            description={t("webhooks.eventsHint")}
            data={[...events]}
            renderOption={({ option }) => say(option.value)}
            acceptValueOnBlur
            {...form.getInputProps("events")}
            error={form.errors["events"] ?? Object.entries(form.errors).find(([key]) => key.startsWith("events."))?.[1]}
          />
          <TextInput label={t("webhooks.name")} description={t("webhooks.nameHint")} {...form.getInputProps("name")} />
        </Stack>
      </SavingForm>
    </SidePanel>
  );
}
