import { Button, SegmentedControl, Stack, Text, TextInput } from "@mantine/core";
import { useForm } from "@mantine/form";
import { useState } from "react";
import { useTranslation } from "react-i18next";

import { type Variant, useTestCampaign } from "@/api/campaigns";
import { useUser } from "@/api/session";
import { ContactPicker } from "@/ui/mail/ContactPicker";
import { toastDone } from "@/ui/feedback/toast";
import { showProblem } from "@/ui/forms";
import { PanelForm } from "@/ui/panel/PanelForm";

/** Mails one version of the saved draft to an address now. */
export function TestForm({ id, hasTrial, onDone }: { id: number; hasTrial: boolean; onDone: () => void }) {
  const { t } = useTranslation("campaigns");
  const send = useTestCampaign(id);
  const [variant, setVariant] = useState<Variant>("a");
  const [contact, setContact] = useState<number | null>(null);
  const form = useForm({ initialValues: { to: useUser().email } });
  const submit = form.onSubmit(({ to }) =>
    send.mutate(
      { to, variant, contact_id: contact },
      {
        onSuccess: () => {
          toastDone({ message: t("test.sent", { to }) });
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
        <Button type="submit" loading={send.isPending}>
          {t("test.send")}
        </Button>
      }
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
    </PanelForm>
  );
}
