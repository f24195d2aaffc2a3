import { Alert, Button, Group, NumberInput, PasswordInput, Skeleton, Stack, Text, TextInput } from "@mantine/core";
import { useForm } from "@mantine/form";
import { useTranslation } from "react-i18next";

import { type ReturnServer, useReturns, useSaveReturns } from "@/api/mailing";
import { Card } from "@/ui/card/Card";
import { Loaded } from "@/ui/feedback/Loaded";
import { useSaving } from "@/ui/useSaving";

/** Where bounces and complaints are taken from, and when an address is given up. */
export function ReturnsCard() {
  const { t } = useTranslation("mail");
  return (
    <Card title={t("returns.title")}>
      <Loaded query={useReturns()} skeleton={<Skeleton height={240} radius="lg" />}>
        {(settings) => <ReturnsForm settings={settings} />}
      </Loaded>
    </Card>
  );
}

function ReturnsForm({ settings }: { settings: ReturnServer }) {
  const { t } = useTranslation(["mail", "common", "sign-in"]);
  const save = useSaveReturns();
  const { has_password, fault, ...kept } = settings;
  const form = useForm({ initialValues: { ...kept, password: "" } });
  const send = useSaving(form);
  const submit = form.onSubmit(({ password, ...values }) =>
    send(save, { ...values, ...(password && { password }) }, { said: t("saved") }),
  );
  return (
    <form onSubmit={submit} noValidate>
      <Stack gap="md" maw={520}>
        <Text c="dimmed">{t("returns.body")}</Text>
        {fault && (
          <Alert color="red" variant="light">
            {t("returns.fault", { fault })}
          </Alert>
        )}
        <TextInput
          label={t("returns.address")}
          description={t("returns.addressHint")}
          placeholder="bounces@example.com"
          type="email"
          {...form.getInputProps("address")}
        />
        <Group grow align="flex-end" preventGrowOverflow={false}>
          <TextInput
            label={t("returns.host")}
            description={t("returns.hostHint")}
            placeholder="imap.example.com"
            {...form.getInputProps("host")}
          />
          <NumberInput label={t("returns.port")} min={1} max={65_535} maw={120} {...form.getInputProps("port")} />
        </Group>
        {form.values.host && (
          <>
            <TextInput label={t("returns.username")} autoComplete="off" {...form.getInputProps("username")} />
            <PasswordInput
              label={t("returns.password")}
              description={has_password ? t("returns.kept") : undefined}
              autoComplete="new-password"
              visibilityToggleButtonProps={{ "aria-label": t("sign-in:showPassword") }}
              {...form.getInputProps("password")}
            />
            <TextInput label={t("returns.folder")} {...form.getInputProps("folder")} />
          </>
        )}
        <Group grow align="flex-end">
          <NumberInput label={t("returns.softLimit")} min={1} max={100} {...form.getInputProps("soft_limit")} />
          <NumberInput label={t("returns.softDays")} min={1} max={365} {...form.getInputProps("soft_days")} />
        </Group>
        <Group>
          <Button type="submit" loading={save.isPending}>
            {t("common:save")}
          </Button>
        </Group>
      </Stack>
    </form>
  );
}
