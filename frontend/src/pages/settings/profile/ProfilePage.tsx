import { Button, Group, PasswordInput, Select, SegmentedControl, Stack, Text, TextInput } from "@mantine/core";
import { useForm } from "@mantine/form";
import { useTranslation } from "react-i18next";

import { isRole } from "@/api/roles";
import { useUser } from "@/api/session";
import { useChangePassword, useUpdateProfile } from "@/api/settings";
import { isLanguage, languageNames, languages } from "@/i18n/languages";
import { Card } from "@/ui/card/Card";
import { themes, usePreferences } from "@/ui/usePreferences";
import { useSaving } from "@/ui/useSaving";

import { SectionHead } from "../SectionHead";

export default function ProfilePage() {
  const { t } = useTranslation("settings");
  return (
    <>
      <SectionHead title={t("section.profile")} body={t("profile.body")} />
      <Stack gap="lg">
        <NameCard />
        <ScreenCard />
        <PasswordCard />
      </Stack>
    </>
  );
}

function NameCard() {
  const { t } = useTranslation(["settings", "common"]);
  const user = useUser();
  const update = useUpdateProfile();
  const form = useForm({ initialValues: { name: user.name } });
  const send = useSaving(form);
  return (
    <Card>
      <form
        onSubmit={form.onSubmit((values) => send(update, values, { said: t("saved") }))}
      >
        <Stack gap="md" maw={400}>
          <TextInput label={t("profile.name")} autoComplete="name" required withAsterisk={false} {...form.getInputProps("name")} />
          <div>
            <Text size="sm" fw={500}>
              {t("users.email")}
            </Text>
            <Text c="dimmed">{user.email}</Text>
          </div>
          <div>
            <Text size="sm" fw={500}>
              {t("users.roles")}
            </Text>
            <Text c="dimmed">{user.roles.filter(isRole).map((role) => t(`common:role.${role}`)).join(", ")}</Text>
          </div>
          <Group>
            <Button type="submit" loading={update.isPending} disabled={!form.isDirty()}>
              {t("common:save")}
            </Button>
          </Group>
        </Stack>
      </form>
    </Card>
  );
}

function ScreenCard() {
  const { t } = useTranslation(["settings", "common"]);
  const { theme, language, setTheme, setLanguage } = usePreferences();
  return (
    <Card>
      <Stack gap="md" maw={400}>
        <Select
          label={t("common:userMenu.language")}
          allowDeselect={false}
          data={languages.map((value) => ({ value, label: languageNames[value] }))}
          value={language}
          onChange={(value) => value && isLanguage(value) && setLanguage(value)}
        />
        <div>
          <Text size="sm" fw={500} mb={4}>
            {t("common:userMenu.theme")}
          </Text>
          <SegmentedControl
            fullWidth
            aria-label={t("common:userMenu.theme")}
            value={theme}
            onChange={setTheme}
            data={themes.map((value) => ({ value, label: t(`common:theme.${value}`) }))}
          />
        </div>
      </Stack>
    </Card>
  );
}

const blank = { current: "", new: "" };

function PasswordCard() {
  const { t } = useTranslation(["settings", "common", "sign-in"]);
  const change = useChangePassword();
  const form = useForm({ initialValues: blank });
  const send = useSaving(form);
  const toggle = { "aria-label": t("sign-in:showPassword") };
  return (
    <Card title={t("profile.password")}>
      <form
        onSubmit={form.onSubmit((values) =>
          send(change, values, { said: t("profile.passwordChanged"), onDone: () => form.reset() }),
        )}
      >
        <Stack gap="md" maw={400}>
          <PasswordInput
            label={t("profile.current")}
            autoComplete="current-password"
            visibilityToggleButtonProps={toggle}
            {...form.getInputProps("current")}
          />
          <PasswordInput
            label={t("profile.new")}
            autoComplete="new-password"
            visibilityToggleButtonProps={toggle}
            {...form.getInputProps("new")}
          />
          <Group>
            <Button type="submit" loading={change.isPending} disabled={!form.values.current || !form.values.new}>
              {t("profile.changePassword")}
            </Button>
          </Group>
        </Stack>
      </form>
    </Card>
  );
}
