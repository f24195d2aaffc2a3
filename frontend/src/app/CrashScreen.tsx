import { Button, Center, Stack, Text, Title } from "@mantine/core";
import { useTranslation } from "react-i18next";

/** Stands in for a page that threw. */
export function CrashScreen() {
  const { t } = useTranslation();
  return (
    <Center component="main" mih="60vh" p="lg">
      <Stack align="center" gap="sm" maw={420}>
        <Title order={1}>{t("crash.title")}</Title>
        <Text c="dimmed" ta="center">
          {t("crash.body")}
        </Text>
        <Button onClick={() => window.location.reload()}>{t("crash.reload")}</Button>
      </Stack>
    </Center>
  );
}
