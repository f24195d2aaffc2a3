import { Avatar, Group, Menu, Text } from "@mantine/core";
import { IconUserCheck, IconUserOff } from "@tabler/icons-react";
import { useState } from "react";
import { useTranslation } from "react-i18next";

import { useUser } from "@/api/session";
import { useDeactivateUser, useUpdateUser, useUsers } from "@/api/settings";
import type { User } from "@/api/types";
import { EditItem, ItemMenu } from "@/ui/actions/ItemMenu";
import { useConfirmed } from "@/ui/actions/useConfirmed";
import { Pill } from "@/ui/badge/Pill";
import { Card } from "@/ui/card/Card";
import { Loaded } from "@/ui/feedback/Loaded";
import { SkeletonRows } from "@/ui/feedback/SkeletonRows";
import { tellOutcome } from "@/ui/feedback/tellOutcome";
import { initials } from "@/ui/initials";
import { ItemRow } from "@/ui/list/ItemRow";

import { AddButton } from "../AddButton";
import { SectionHead } from "../SectionHead";
import { UserPanel } from "./UserPanel";

export default function UsersPage() {
  const { t } = useTranslation("settings");
  const [open, setOpen] = useState<User | "new" | null>(null);
  const add = (
    <AddButton permission="users.manage" onClick={() => setOpen("new")}>
      {t("users.new")}
    </AddButton>
  );
  return (
    <>
      <SectionHead title={t("section.users")} body={t("users.body")} action={add} />
      <Loaded query={useUsers()} skeleton={<SkeletonRows />}>
        {({ items }) => (
          <Card flush>
            {items.map((user) => (
              <UserRow key={user.id} user={user} onEdit={() => setOpen(user)} />
            ))}
          </Card>
        )}
      </Loaded>
      <UserPanel open={open} onClose={() => setOpen(null)} />
    </>
  );
}

function UserRow({ user, onEdit }: { user: User; onEdit: () => void }) {
  const { t } = useTranslation(["settings", "common"]);
  const { name, email, roles, active } = user;
  return (
    <ItemRow menu={<UserMenu user={user} onEdit={onEdit} />}>
      <Group gap="xs" justify="space-between">
        <Group gap="sm" wrap="nowrap">
          <Avatar size={34} radius="xl" aria-hidden>
            {initials(name || email)}
          </Avatar>
          <div>
            <Text fw={550}>{name}</Text>
            <Text size="sm" c="dimmed">
              {email}
            </Text>
          </div>
        </Group>
        <Group gap={6}>
          {roles.map((role) => (
            <Pill key={role} dot={false}>
              {t(`common:role.${role}`)}
            </Pill>
          ))}
          {!active && <Pill tone="warn">{t("users.inactive")}</Pill>}
        </Group>
      </Group>
    </ItemRow>
  );
}

function UserMenu({ user: { id, name, active }, onEdit }: { user: User; onEdit: () => void }) {
  const { t } = useTranslation("settings");
  const self = useUser().id === id;
  const deactivate = useConfirmed(useDeactivateUser());
  const update = useUpdateUser();
  const ask = () =>
    deactivate(id, {
      title: t("users.deactivate.title", { name }),
      body: t("users.deactivate.body"),
      verb: t("users.deactivate.verb"),
    });
  return (
    <ItemMenu name={t("actionsFor", { name })} width={180}>
      <EditItem onClick={onEdit} />
      {active && !self && (
        <Menu.Item color="red" leftSection={<IconUserOff size={15} />} onClick={ask}>
          {t("users.deactivate.verb")}
        </Menu.Item>
      )}
      {!active && (
        <Menu.Item
          leftSection={<IconUserCheck size={15} />}
          onClick={() => tellOutcome(update.mutateAsync({ id, active: true }))}
        >
          {t("users.activate")}
        </Menu.Item>
      )}
    </ItemMenu>
  );
}
