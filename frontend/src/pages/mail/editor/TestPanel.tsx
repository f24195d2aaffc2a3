import { Button, Stack, Text, TextInput } from "@mantine/core";
import { useForm } from "@mantine/form";
import { useTranslation } from "react-i18next";

import { useSendTest } from "@/api/mailing";
import { useUser } from "@/api/session";
import { ContactPicker } from "@/ui/mail/ContactPicker";
import { PanelForm } from "@/ui/panel/PanelForm";
import { SidePanel } from "@/ui/panel/SidePanel";
import { useSaving } from "@/ui/useSaving";

interface TestPanelProps {
  /** The template to send, once it is saved. */
  id: number | null;
  opened: boolean;
  onClose: () => void;
  contactId: number | null;
  onContact: (id: number | null) => void;
}

/** Mails the saved template to an address now. */
export function TestPanel({ opened, onClose, ...form }: TestPanelProps) {
  const { t } = useTranslation("mail");
  return (
    <SidePanel opened={opened} onClose={onClose} title={t("test.title")}>
      <TestForm onDone={onClose} {...form} />
    </SidePanel>
  );
}

function TestForm({ id, contactId, onContact, onDone }: Omit<TestPanelProps, "opened" | "onClose"> & { onDone: () => void }) {
  const { t } = useTranslation("mail");
  const test = useSendTest();
  const form = useForm({ initialValues: { to: useUser().email } });
  const send = useSaving(form);
  const submit = form.onSubmit(({ to }) => {
    if (id === null) return;
    send(test, { id, to, contact_id: contactId }, { said: t("test.sent", { to }), onDone });
  });
  return (
    <PanelForm
      onSubmit={submit}
      footer={
        <Button type="submit" loading={test.isPending}>
          {t("test.send")}
        </Button>
      }
    >
      <Stack gap="md">
        <Text c="dimmed">{t("test.body")}</Text>
        <TextInput label={t("test.to")} type="email" data-autofocus {...form.getInputProps("to")} />
        <ContactPicker value={contactId} onChange={onContact} />
      </Stack>
    </PanelForm>
  );
}
