import { ActionIcon, Anchor, Group, Menu, Text } from "@mantine/core";
import { IconDots, IconList, IconPencil, IconPlus, IconTrash } from "@tabler/icons-react";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { Link } from "react-router";

import { useDeleteList, useLists } from "@/api/lists";
import type { ContactList } from "@/api/types";
import { GuardedButton } from "@/ui/actions/GuardedButton";
import { useConfirm } from "@/ui/actions/useConfirm";
import { Card } from "@/ui/card/Card";
import { EmptyState } from "@/ui/feedback/EmptyState";
import { Loaded } from "@/ui/feedback/Loaded";
import { SkeletonRows } from "@/ui/feedback/SkeletonRows";
import { toastProblem } from "@/ui/feedback/toast";
import { ItemRow } from "@/ui/list/ItemRow";

import { SectionHead } from "../SectionHead";
import { ListPanel } from "./ListPanel";

export default function ListsPage() {
  const { t } = useTranslation("settings");
  const [open, setOpen] = useState<ContactList | "new" | null>(null);
  const create = (
    <GuardedButton permission="contacts.edit" leftSection={<IconPlus size={16} />} onClick={() => setOpen("new")}>
      {t("lists.new")}
    </GuardedButton>
  );
  return (
    <>
      <SectionHead title={t("section.lists")} body={t("lists.body")} action={create} />
      <Loaded query={useLists()} skeleton={<SkeletonRows />}>
        {({ items }) =>
          items.length === 0 ? (
            <EmptyState icon={<IconList size={22} />} title={t("lists.none")} body={t("lists.noneBody")} />
          ) : (
            <Card flush>
              {items.map((list) => (
                <ListRow key={list.id} list={list} onEdit={() => setOpen(list)} />
              ))}
            </Card>
          )
        }
      </Loaded>
      <ListPanel open={open} onClose={() => setOpen(null)} />
    </>
  );
}

function ListRow({ list: { id, name, folder, count }, onEdit }: { list: ContactList; onEdit: () => void }) {
  const { t } = useTranslation(["settings", "common"]);
  const confirm = useConfirm();
  const remove = useDeleteList();
  const condition = encodeURIComponent(JSON.stringify({ all: [{ list: id, op: "in" }] }));
  const ask = () =>
    confirm({
      title: t("lists.delete.title", { name }),
      body: t("lists.delete.body"),
      verb: t("common:delete"),
      onConfirm: () => remove.mutate(id, { onError: toastProblem }),
    });
  return (
    <ItemRow
      menu={
        <Menu width={160}>
          <Menu.Target>
            <ActionIcon variant="subtle" color="gray" aria-label={t("actionsFor", { name })}>
              <IconDots size={17} />
            </ActionIcon>
          </Menu.Target>
          <Menu.Dropdown>
            <Menu.Item leftSection={<IconPencil size={15} />} onClick={onEdit}>
              {t("common:edit")}
            </Menu.Item>
            <Menu.Item color="red" leftSection={<IconTrash size={15} />} onClick={ask}>
              {t("common:delete")}
            </Menu.Item>
          </Menu.Dropdown>
        </Menu>
      }
    >
      <Group justify="space-between" gap="sm">
        <div>
          <Text fw={550}>{name}</Text>
          <Text size="sm" c="dimmed">
            {folder?.name}
          </Text>
        </div>
        <Anchor component={Link} to={`/contacts?condition=${condition}`} size="md" className="tabular">
          {t("lists.contacts", { count })}
        </Anchor>
      </Group>
    </ItemRow>
  );
}
