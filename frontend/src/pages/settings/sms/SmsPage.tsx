import { Alert, Skeleton, Stack, Text } from "@mantine/core";
import { useTranslation } from "react-i18next";

import { useSmsProvider } from "@/api/sms";
import { Card } from "@/ui/card/Card";
import { Loaded } from "@/ui/feedback/Loaded";

import { SectionHead } from "../SectionHead";
import { Snippet } from "../Snippet";
import { ProviderForm } from "./ProviderForm";
import { TestSms } from "./TestSms";

/** Who takes text messages on. */
export default function SmsPage() {
  const { t } = useTranslation("settings");
  return (
    <>
      <SectionHead title={t("section.sms")} body={t("sms.body")} />
      <Loaded query={useSmsProvider()} skeleton={<Skeleton height={360} radius="lg" />}>
        {(provider) => (
          <Stack gap="lg">
            {!provider.provider && (
              <Alert color="blue" variant="light">
                {t("sms.notConfigured")}
              </Alert>
            )}
            <ProviderForm provider={provider} />
            {provider.provider && <TestSms />}
            <Card title={t("sms.replies")}>
              <Text c="dimmed">{t("sms.repliesBody")}</Text>
              <Snippet code={provider.replies_url} label={t("sms.copy")} />
            </Card>
          </Stack>
        )}
      </Loaded>
    </>
  );
}
