import { Button, Group, TextInput } from "@mantine/core";
import { useForm } from "@mantine/form";
import { useTranslation } from "react-i18next";

import { useTestSms } from "@/api/sms";
import { Card } from "@/ui/card/Card";
import { useSaving } from "@/ui/useSaving";

/** Sends one text message by the saved provider, so that a wrong setting shows now. */
export function TestSms() {
  const { t } = useTranslation("settings");
  const test = useTestSms();
  const form = useForm({ initialValues: { to: "" } });
  const send = useSaving(form);
  const submit = form.onSubmit(({ to }) => send(test, to, { said: t("sms.testSent", { to }) }));
  return (
    <Card title={t("sms.test")}>
      <form onSubmit={submit} noValidate>
        <Group align="flex-end" gap="xs">
          <TextInput
            label={t("sms.testTo")}
            type="tel"
            placeholder="+33612345678"
            w={280}
            {...form.getInputProps("to")}
          />
          <Button type="submit" variant="default" loading={test.isPending} disabled={!form.values.to}>
            {t("mail.send")}
          </Button>
        </Group>
      </form>
    </Card>
  );
}
