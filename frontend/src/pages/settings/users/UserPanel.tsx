import { Button, Checkbox, PasswordInput, Stack, TextInput } from "@mantine/core";
import { useForm } from "@mantine/form";
import { useTranslation } from "react-i18next";

import { isRole, roles } from "@/api/roles";
import { useAddUser, useUpdateUser } from "@/api/settings";
import type { User } from "@/api/types";
import { type Editing, EditPanel } from "@/ui/panel/EditPanel";
import { PanelForm } from "@/ui/panel/PanelForm";
import { useSaving } from "@/ui/useSaving";

/** Adds somebody, or changes their name, roles and password. */
export function UserPanel({ open, onClose }: Editing<User>) {
  const { t } = useTranslation("settings");
  return (
    <EditPanel open={open} onClose={onClose} newTitle={t("users.new")}>
      {(user) => <UserForm user={user} onDone={onClose} />}
    </EditPanel>
  );
}

interface Values {
  email: string;
  name: string;
  roles: string[];
  password: string;
}

function UserForm({ user, onDone }: { user: User | null; onDone: () => void }) {
  const { t } = useTranslation(["settings", "common", "sign-in"]);
  const add = useAddUser();
  const update = useUpdateUser();
  const form = useForm<Values>({
    initialValues: { email: user?.email ?? "", name: user?.name ?? "", roles: user?.roles ?? ["marketer"], password: "" },
  });
  const send = useSaving(form);
  const outcome = { said: t("saved"), onDone };
  const submit = form.onSubmit(({ email, name, password, ...values }) => {
    const held = { name, roles: values.roles.filter(isRole), ...(password && { password }) };
    if (user) send(update, { id: user.id, ...held }, outcome);
    else send(add, { email, ...held }, outcome);
  });
  return (
    <PanelForm
      onSubmit={submit}
      footer={
        <Button type="submit" loading={add.isPending || update.isPending}>
          {user ? t("common:save") : t("users.create")}
        </Button>
      }
    >
      <Stack gap="md">
        {!user && (
          <TextInput label={t("users.email")} type="email" autoComplete="off" data-autofocus {...form.getInputProps("email")} />
        )}
        <TextInput label={t("profile.name")} autoComplete="off" {...form.getInputProps("name")} />
        <PasswordInput
          label={user ? t("profile.new") : t("users.password")}
          description={t("users.passwordHint")}
          autoComplete="new-password"
          visibilityToggleButtonProps={{ "aria-label": t("sign-in:showPassword") }}
          {...form.getInputProps("password")}
        />
        <Checkbox.Group label={t("users.roles")} {...form.getInputProps("roles")}>
          <Stack gap="sm" mt="xs">
            {roles.map((role) => (
              <Checkbox key={role} value={role} label={t(`common:role.${role}`)} description={t(`roleHint.${role}`)} />
            ))}
          </Stack>
        </Checkbox.Group>
      </Stack>
    </PanelForm>
  );
}
