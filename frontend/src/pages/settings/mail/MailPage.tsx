import { Alert, Button, Group, NumberInput, PasswordInput, Select, Skeleton, Stack, TextInput } from "@mantine/core";
import { useForm } from "@mantine/form";
import { useTranslation } from "react-i18next";

import { useMailServer, useSaveMailServer } from "@/api/settings";
import type { MailServer } from "@/api/types";
import { Card } from "@/ui/card/Card";
import { Loaded } from "@/ui/feedback/Loaded";
import { useSaving } from "@/ui/useSaving";

import { SectionHead } from "../SectionHead";
import { DomainsCard } from "./DomainsCard";
import { RatesCard } from "./RatesCard";
import { ReturnsCard } from "./ReturnsCard";
import { SendersCard } from "./SendersCard";
import { SuppressionsCard } from "./SuppressionsCard";
import { TestMail } from "./TestMail";

export default function MailPage() {
  const { t } = useTranslation("settings");
  return (
    <>
      <SectionHead title={t("section.mail")} body={t("mail.body")} />
      <Loaded query={useMailServer()} skeleton={<Skeleton height={360} radius="lg" />}>
        {(server) => (
          <Stack gap="lg">
            {!server.configured && (
              <Alert color="blue" variant="light">
                {t("mail.notConfigured")}
              </Alert>
            )}
            <MailForm server={server} />
            {server.configured && <TestMail />}
            <SendersCard />
            <DomainsCard />
            <RatesCard />
            <ReturnsCard />
            <SuppressionsCard />
          </Stack>
        )}
      </Loaded>
    </>
  );
}

const securities = ["none", "starttls", "tls"] as const;
/** The stored password stays only as long as none of these changes. */
const passwordFor = ["host", "port", "username", "security"] as const;

function MailForm({ server }: { server: MailServer }) {
  const { t } = useTranslation(["settings", "common", "sign-in"]);
  const save = useSaveMailServer();
  const { configured: _, has_password, ...kept } = server;
  const form = useForm({ initialValues: { ...kept, password: "" } });
  const passwordStays = passwordFor.every((key) => form.values[key] === kept[key]);
  const send = useSaving(form);
  const submit = form.onSubmit(({ password, ...values }) =>
    send(save, { ...values, ...(password && { password }) }, { said: t("saved") }),
  );
  return (
    <Card>
      <form onSubmit={submit} noValidate>
        <Stack gap="md" maw={520}>
          <Group grow align="flex-start" preventGrowOverflow={false}>
            <TextInput label={t("mail.host")} placeholder="smtp.example.com" {...form.getInputProps("host")} />
            <NumberInput label={t("mail.port")} min={1} max={65_535} maw={120} {...form.getInputProps("port")} />
          </Group>
          <Select
            label={t("mail.security")}
            allowDeselect={false}
            data={securities.map((value) => ({ value, label: t(`mail.securities.${value}`) }))}
            {...form.getInputProps("security")}
          />
          <TextInput label={t("mail.username")} autoComplete="off" {...form.getInputProps("username")} />
          <PasswordInput
            label={t("sign-in:password")}
            description={has_password ? t(passwordStays ? "mail.passwordKept" : "mail.passwordAgain") : undefined}
            autoComplete="new-password"
            visibilityToggleButtonProps={{ "aria-label": t("sign-in:showPassword") }}
            {...form.getInputProps("password")}
          />
          <TextInput label={t("mail.senderName")} {...form.getInputProps("sender_name")} />
          <TextInput label={t("mail.senderEmail")} type="email" {...form.getInputProps("sender_email")} />
          <Group>
            <Button type="submit" loading={save.isPending}>
              {t("common:save")}
            </Button>
          </Group>
        </Stack>
      </form>
    </Card>
  );
}
