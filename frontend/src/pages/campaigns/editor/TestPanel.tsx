import { SegmentedControl, Stack, Text, TextInput } from "@mantine/core";
import { useForm } from "@mantine/form";
import { useState } from "react";
import { useTranslation } from "react-i18next";

import { useTestCampaign, type Variant } from "@/api/campaigns";
import { useUser } from "@/api/session";
import { ContactPicker } from "@/ui/mail/ContactPicker";
import { SavingForm } from "@/ui/panel/SavingForm";

/** Mails one version of the saved draft to an address now. */
export function TestForm({ id, hasTrial, onDone }: { id: number; hasTrial: boolean; onDone: () => void }) {
  const { t } = useTranslation("campaigns");
  const send = useTestCampaign(id);
  const [variant, setVariant] = useState<Variant>("a");
  const [contact, setContact] = useState<number | null>(null);
  const form = useForm({ initialValues: { to: useUser().email } });
  return (
    <SavingForm
      form={form}
      save={send}
      draft={({ to }) => ({ to, variant, contact_id: contact })}
      verb={t("test.send")}
      said={t("test.sent", { to: form.values.to })}
      onDone={onDone}
    >
      <Stack gap="md">
        <Text c="dimmed">{t("test.body")}</Text>
        {hasTrial && (
          <SegmentedControl
            aria-label={t("trial.title")}
            value={variant}
            onChange={(value) => setVariant(value === "b" ? "b" : "a")}
            data={(["a", "b"] as const).map((value) => ({ value, label: t(`variant.${value}`) }))}
          />
        )}
        <TextInput label={t("test.to")} type="email" data-autofocus {...form.getInputProps("to")} />
        <ContactPicker value={contact} onChange={setContact} />
      </Stack>
    </SavingForm>
  );
}
