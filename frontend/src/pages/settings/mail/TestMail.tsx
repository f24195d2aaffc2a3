import { Button, Group, TextInput } from "@mantine/core";
import { useForm } from "@mantine/form";
import { useTranslation } from "react-i18next";

import { useUser } from "@/api/session";
import { useTestMail } from "@/api/settings";
import { Card } from "@/ui/card/Card";
import { useSaving } from "@/ui/useSaving";

/** Sends one mail through the saved server, so that a wrong setting shows now and not with the first alert. */
export function TestMail() {
  const { t } = useTranslation("settings");
  const test = useTestMail();
  const form = useForm({ initialValues: { to: useUser().email } });
  const send = useSaving(form);
  const submit = form.onSubmit(({ to }) => send(test, to, { said: t("mail.testSent", { to }) }));
  return (
    <Card title={t("mail.test")}>
      <form onSubmit={submit} noValidate>
        <Group align="flex-end" gap="xs">
          <TextInput label={t("mail.testTo")} type="email" w={280} {...form.getInputProps("to")} />
          <Button type="submit" variant="default" loading={test.isPending}>
            {t("mail.send")}
          </Button>
        </Group>
      </form>
    </Card>
  );
}
