import { Button, Group, PasswordInput, Select, Stack, Textarea, TextInput } from "@mantine/core";
import { useForm, type UseFormReturnType } from "@mantine/form";
import { IconTrash } from "@tabler/icons-react";
import { useMemo, useState } from "react";
import { useTranslation } from "react-i18next";

import { type SmsProvider, useSaveSmsProvider } from "@/api/sms";
import { Card } from "@/ui/card/Card";
import { useSaving } from "@/ui/useSaving";

type Draft = Omit<SmsProvider, "has_secret" | "replies_url" | "countries"> & { secret: string };
type DraftForm = UseFormReturnType<Draft>;

const providers = ["", "twilio", "http"] as const;
const methods = ["POST", "PUT", "GET"];
const example = '{ "to": "{{ to }}", "from": "{{ sender }}", "text": "{{ text }}", "callback": "{{ report_url }}" }';

/** Who takes text messages on, in whose name they come, and which country numbers without a code are of. */
export function ProviderForm({ provider }: { provider: SmsProvider }) {
  const { t, i18n } = useTranslation(["settings", "common"]);
  const save = useSaveSmsProvider();
  const { has_secret, replies_url: _, countries, ...kept } = provider;
  const form = useForm<Draft>({ initialValues: { ...kept, secret: "" } });
  const named = useMemo(() => {
    const names = new Intl.DisplayNames(i18n.language, { type: "region" });
    return countries
      .map((value) => ({ value, label: names.of(value) ?? value }))
      .toSorted((one, other) => one.label.localeCompare(other.label, i18n.language));
  }, [countries, i18n.language]);
  const [without, setWithout] = useState(false);
  // A secret goes to nobody else than whom it was entered for: what was typed, and what is stored.
  const choose = (chosen: string | null) => {
    form.setFieldValue("provider", providers.find((each) => each === chosen) ?? "");
    form.setFieldValue("secret", "");
    setWithout(false);
  };
  const stays = has_secret && !without && goesThere(form.values, kept);
  const send = useSaving(form);
  const submit = form.onSubmit(({ secret, ...values }) =>
    send(
      save,
      { ...values, ...((secret || without) && { secret }) },
      {
        said: t("saved"),
        onDone: () => {
          form.setFieldValue("secret", "");
          setWithout(false);
        },
      },
    ),
  );
  return (
    <Card>
      <form onSubmit={submit} noValidate>
        <Stack gap="md" maw={520}>
          <Select
            label={t("sms.provider")}
            data={providers.map((value) => ({ value, label: t(`sms.by.${value || "none"}`) }))}
            allowDeselect={false}
            {...form.getInputProps("provider")}
            onChange={choose}
          />
          {form.values.provider === "twilio" && <TwilioFields form={form} kept={stays} />}
          {form.values.provider === "http" && (
            <HttpFields form={form} kept={stays} onForget={() => setWithout(true)} />
          )}
          {form.values.provider && (
            <TextInput label={t("sms.sender")} description={t("sms.senderHint")} {...form.getInputProps("sender")} />
          )}
          <Select
            label={t("sms.country")}
            description={t("sms.countryHint")}
            data={named}
            searchable
            clearable
            {...form.getInputProps("country")}
            value={form.values.country || null}
            onChange={(value) => form.setFieldValue("country", value ?? "")}
          />
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

function TwilioFields({ form, kept }: { form: DraftForm; kept: boolean }) {
  const { t } = useTranslation(["settings", "sign-in"]);
  return (
    <>
      <TextInput label={t("sms.account")} placeholder="AC…" autoComplete="off" {...form.getInputProps("account")} />
      <PasswordInput
        label={t("sms.token")}
        description={kept ? t("sms.kept") : undefined}
        autoComplete="new-password"
        visibilityToggleButtonProps={{ "aria-label": t("sign-in:showPassword") }}
        {...form.getInputProps("secret")}
      />
    </>
  );
}

/** Tells whether the stored secret is for where messages would go now; the server asks the same. */
function goesThere(now: Pick<Draft, "provider" | "url" | "account">, before: typeof now): boolean {
  return now.provider === before.provider && now.account === before.account && origin(now.url) === origin(before.url);
}

const origin = (url: string) => (URL.canParse(url) ? new URL(url).origin : url);

function HttpFields({ form, kept, onForget }: { form: DraftForm; kept: boolean; onForget: () => void }) {
  const { t } = useTranslation("settings");
  return (
    <>
      <Group align="flex-end" gap="xs" wrap="nowrap">
        <Select label={t("sms.method")} data={methods} allowDeselect={false} w={110} {...form.getInputProps("method")} />
        <TextInput
          label={t("sms.url")}
          type="url"
          placeholder="https://sms.example.com/send"
          style={{ flex: 1 }}
          {...form.getInputProps("url")}
        />
      </Group>
      <Textarea
        label={t("sms.headers")}
        description={kept ? t("sms.kept") : t("sms.headersHint")}
        placeholder="Authorization: Bearer …"
        autosize
        minRows={2}
        {...form.getInputProps("secret")}
      />
      {kept && (
        <Group>
          <Button size="xs" variant="default" leftSection={<IconTrash size={15} />} onClick={onForget}>
            {t("sms.forgetHeaders")}
          </Button>
        </Group>
      )}
      <Textarea
        label={t("sms.requestBody")}
        description={t("sms.requestBodyHint", { places: "{{ to }}, {{ text }}, {{ sender }}, {{ id }}, {{ report_url }}" })}
        placeholder={example}
        autosize
        minRows={3}
        {...form.getInputProps("body")}
      />
    </>
  );
}
